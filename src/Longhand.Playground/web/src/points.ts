import { readLine } from "./settings";

/** A point that was drawn: its class, or its value where values are to be learned. */
export interface Drawn {
  x: number;
  y: number;
  label: number;
}

export interface Drawing {
  points: Drawn[];
  classes: number;
  /** Whether a label is a value rather than a class. */
  isValued: boolean;
}

const FEWEST = 4;

/** The points of a line such as "points '1,2 0.5,3; -1,0'"; null where the data are others. */
export function readDrawing(data: string): Drawing | null {
  const line = readLine(data);
  if (line.name !== "points") return null;
  const groups = (line.words[0] ?? "").split(";");
  const points: Drawn[] = [];
  let isValued = false;
  groups.forEach((group, label) => {
    for (const word of group.split(/\s+/)) {
      const numbers = word.split(",").map(Number);
      if (numbers.length < 2 || numbers.some((number) => !Number.isFinite(number))) continue;
      isValued ||= numbers.length === 3;
      points.push({ x: numbers[0]!, y: numbers[1]!, label: numbers.length === 3 ? numbers[2]! : label });
    }
  });
  return { points, classes: isValued ? 0 : Math.max(2, groups.length), isValued };
}

/** To hundredths: what a hand can place. */
const round = (value: number): string => `${Number(value.toFixed(2))}`;

export function writePoints({ points, classes, isValued }: Drawing): string {
  if (isValued) return points.map(({ x, y, label }) => `${round(x)},${round(y)},${round(label)}`).join(" ");
  return Array.from({ length: classes }, (_, label) =>
    points.filter((point) => point.label === label).map(({ x, y }) => `${round(x)},${round(y)}`).join(" "),
  ).join("; ").trim();
}

export const writeDrawing = (drawing: Drawing): string => `points '${writePoints(drawing)}'`;

/** Whether there is enough to be trained on: some points, and of two classes at least one in each. */
export function isEnough({ points, isValued }: Drawing): boolean {
  return points.length >= FEWEST && (isValued || new Set(points.map((point) => point.label)).size > 1);
}
