import "./data.css";
import type { Scheme } from "./palette";

/** Ten classes, told apart by shape and letter as well as by colour; the first two are those of two classes. */
const colors: Record<Scheme, string[]> = {
  light: ["#b0530f", "#1a66a8", "#2e7d32", "#a23b72", "#6a4fb3", "#00767a", "#7a5230", "#c62828", "#6b6b00", "#4a5a6a"],
  dark: ["#f0975a", "#63b0f2", "#6cc070", "#f08cbc", "#b39df0", "#4cc5c5", "#c9a27a", "#ff7b72", "#c9c44a", "#a9b7c6"],
};

export const MOST_CLASSES = 10;

export function classColor(scheme: Scheme, label: number): string {
  return colors[scheme][label % MOST_CLASSES]!;
}

export function letterOf(label: number): string {
  return String.fromCharCode(65 + label);
}

type Corner = [number, number];

const around = (count: number, turn: number, radius: (i: number) => number): Corner[] =>
  Array.from({ length: count }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / count;
    return [radius(i) * Math.cos(angle), radius(i) * Math.sin(angle)];
  });

const bar = 0.38;
const plus: Corner[] = [[-bar, -1], [bar, -1], [bar, -bar], [1, -bar], [1, bar], [bar, bar], [bar, 1], [-bar, 1], [-bar, bar], [-1, bar], [-1, -bar], [-bar, -bar]];
const turned = ([x, y]: Corner): Corner => [(x - y) * 0.75, (x + y) * 0.75];

/** Corners of each shape around the origin, y downwards, about as large as a disc of radius 1. */
const shapes: Corner[][] = [
  [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
  around(20, 0, () => 1),
  around(3, -Math.PI / 2, () => 1.3),
  around(4, 0, () => 1.25),
  around(3, Math.PI / 2, () => 1.3),
  plus.map(([x, y]): Corner => [1.15 * x, 1.15 * y]),
  plus.map(turned).map(([x, y]): Corner => [1.15 * x, 1.15 * y]),
  around(10, -Math.PI / 2, (i) => (i % 2 === 0 ? 1.4 : 0.6)),
  [[-1.1, -1], [1.1, -1], [-1.1, 1], [1.1, 1]],
  [[-1.2, -0.55], [1.2, -0.55], [1.2, 0.55], [-1.2, 0.55]],
];

/** Lays a class's shape down for the pen to fill or to stroke. */
export function traceMark(pen: CanvasRenderingContext2D, label: number, x: number, y: number, radius: number): void {
  pen.beginPath();
  for (const [i, [dx, dy]] of shapes[label % MOST_CLASSES]!.entries()) {
    if (i === 0) pen.moveTo(x + dx * radius, y + dy * radius);
    else pen.lineTo(x + dx * radius, y + dy * radius);
  }
  pen.closePath();
}

/** A class's shape in a line of text. */
export function Mark({ label, scheme }: { label: number; scheme: Scheme }) {
  return (
    <svg class="mark" viewBox="-1.5 -1.5 3 3" aria-hidden="true">
      <polygon points={shapes[label % MOST_CLASSES]!.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join(" ")} fill={classColor(scheme, label)} />
    </svg>
  );
}

/** Whether a class has a name of its own rather than a number. */
export function isNamed(name: string): boolean {
  return !/^-?\d+$/.test(name);
}

/** The letter of a class, and its name where it has one. */
export function className(names: string[], label: number): string {
  const name = names[label];
  return name === undefined || !isNamed(name) ? letterOf(label) : `${letterOf(label)} ${name}`;
}
