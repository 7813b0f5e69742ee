import { readRest, writeRest } from "../address";

export interface Rule {
  optimizer: string;
  schedule: string;
}

/** All that the view shows; the address is written from it and read into it. */
export interface State {
  source: "f" | "net";
  f: string;
  /** The network's parameters along the axes; empty for the first ones. */
  p: string;
  q: string;
  /** The session that is behind a network's loss, as the playground's own link. */
  link: string;
  /** As typed; empty for where the network's parameters stand. */
  start: [string, string];
  /** Null for what the server takes when nothing is said. */
  x: [number, number] | null;
  y: [number, number] | null;
  levels: "linear" | "log";
  rules: Rule[];
  steps: number;
  at: number;
  /** Whose steps the table shows, and which of them is open. */
  shown: number;
  open: number | null;
}

export const MOST_RULES = 4;
export const MOST_STEPS = 1000;

const rule = (optimizer: string, schedule = ""): Rule => ({ optimizer, schedule });
const plain: State = {
  source: "f",
  f: "x^2 + 10y^2",
  p: "",
  q: "",
  link: "",
  start: ["-2.5", "1.5"],
  x: [-3, 3],
  y: [-3, 3],
  levels: "linear",
  rules: [rule("sgd lr=0.09"), rule("sgd lr=0.03 momentum=0.8"), rule("adam lr=0.3")],
  steps: 50,
  at: 0,
  shown: 0,
  open: null,
};

export const presets: Record<string, State> = {
  bowl: { ...plain, f: "x^2 + y^2", start: ["-2", "1.5"], rules: [rule("sgd lr=0.1"), rule("sgd lr=0.05 momentum=0.9"), rule("adam lr=0.2")] },
  ravine: plain,
  rosenbrock: {
    ...plain,
    f: "(1 - x)^2 + 100(y - x^2)^2",
    start: ["-1.5", "2"],
    x: [-2, 2],
    y: [-1, 3],
    levels: "log",
    rules: [rule("sgd lr=0.001"), rule("sgd lr=0.0005 momentum=0.9"), rule("adam lr=0.1"), rule("rmsprop lr=0.03")],
    steps: 300,
  },
  himmelblau: {
    ...plain,
    f: "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    start: ["-0.5", "-1"],
    x: [-6, 6],
    y: [-6, 6],
    levels: "log",
    rules: [rule("sgd lr=0.01"), rule("sgd lr=0.005 momentum=0.9 nesterov"), rule("adam lr=0.3"), rule("adagrad lr=1")],
    steps: 60,
  },
  saddle: {
    ...plain,
    f: "x^2 - y^2",
    start: ["-2.5", "0.001"],
    rules: [rule("sgd lr=0.1"), rule("sgd lr=0.05 momentum=0.9"), rule("rmsprop lr=0.05")],
    steps: 40,
  },
  course: {
    ...plain,
    f: "y^2 + (y - x)^2",
    start: ["1", "1"],
    x: [-2, 2],
    y: [-2, 2],
    rules: [rule("sgd lr=0.01"), rule("sgd lr=0.1"), rule("sgd lr=10")],
    steps: 20,
  },
};

function pair(text: string | undefined): [number, number] | null {
  const numbers = (text ?? "").split(",").map(Number);
  return numbers.length === 2 && numbers.every(Number.isFinite) ? [numbers[0]!, numbers[1]!] : null;
}

const whole = (text: string | undefined, least: number, most: number, usual: number): number => {
  const number = Number(text);
  return text !== undefined && Number.isInteger(number) ? Math.min(most, Math.max(least, number)) : usual;
};

export function readState(rest: string): State {
  const parts = readRest(rest);
  if (parts.f === undefined && parts.net === undefined) return plain;
  const source = parts.f === undefined ? "net" : "f";
  const [x = "", y = ""] = (parts.start ?? (source === "f" ? "1,1" : "")).split(",");
  const rules = (parts.o ?? "sgd lr=0.1").split(";").slice(0, MOST_RULES).map((text) => {
    const [optimizer = "", schedule = ""] = text.split("|");
    return rule(optimizer.trim() || "sgd lr=0.1", schedule.trim());
  });
  const steps = whole(parts.n, 1, MOST_STEPS, 50);
  const [shown, open] = (parts.row ?? "0").split(".");
  return {
    source,
    f: parts.f ?? plain.f,
    p: parts.p ?? "",
    q: parts.q ?? "",
    link: parts.net ?? "",
    start: [x.trim(), y.trim()],
    x: pair(parts.x),
    y: pair(parts.y),
    levels: parts.levels === "log" ? "log" : "linear",
    rules,
    steps,
    at: whole(parts.at, 0, steps, 0),
    shown: whole(shown, 0, rules.length - 1, 0),
    open: open === undefined ? null : whole(open, 1, steps, 1),
  };
}

export function writeState(state: State): string {
  const isNet = state.source === "net";
  const row = `${state.shown}${state.open === null ? "" : `.${state.open}`}`;
  // A network's own link is never empty, so that a loss is told from a function.
  const net = isNet ? `net=${encodeURIComponent(state.link)}&` : "";
  return (
    net +
    writeRest({
      f: isNet ? undefined : state.f,
      p: isNet ? state.p : undefined,
      q: isNet ? state.q : undefined,
      start: state.start[0] === "" ? undefined : state.start.join(","),
      x: state.x?.join(","),
      y: state.y?.join(","),
      levels: state.levels === "log" ? "log" : undefined,
      o: state.rules.map(({ optimizer, schedule }) => (schedule === "" ? optimizer : `${optimizer}|${schedule}`)).join(";"),
      n: `${state.steps}`,
      at: state.at === 0 ? undefined : `${state.at}`,
      row: row === "0" ? undefined : row,
    })
  );
}

export interface Contours {
  name: string;
  variables: [string, string];
  x: [number, number];
  y: [number, number];
  lines: { level: number; path: string }[];
  side: number;
  shades: string;
  blank: boolean;
  low: number | null;
  high: number | null;
  text?: string;
  gradient?: string[];
  conventions?: string[];
  stationary?: { x: number; y: number; kind: string; along: [number, number] | null; text: string }[];
  explanation?: string;
  note?: string;
  chosen?: [string, string];
  present?: [number, number];
  places?: string[];
}

export interface Line {
  name: string;
  parts: string[];
}

type Column = (number | null)[];

export interface Path {
  optimizer: string;
  schedule: string;
  state: string[];
  x: Column;
  y: Column;
  value: Column;
  dx: Column;
  dy: Column;
  rate: Column;
  /** For each number that is kept, of x and then of y. */
  kept: Column[];
  failure: string | null;
  runsAway: boolean;
  verdict: string[];
}

export interface Slope {
  problem?: string;
  value?: number;
  gradient?: [number, number];
  lines?: Line[];
}

export interface Rules {
  optimizers: { name: string; usage: string; summary: string; example: string }[];
  schedules: { name: string; usage: string; summary: string; example: string }[];
}

/** The last step that a path has, at or before one. */
export const reached = (path: Path, at: number): number => Math.min(at, path.x.length - 1);
