import type { Opened } from "../../protocol";

/** A line of the working as the server tells of it. */
export interface Line {
  id: string;
  /** Where its value is found: dense1.output[0], gradients.dense1.weight[0][1]. */
  key: string;
  name: string;
  section: string;
  text: string;
  result: string;
  uses: string[];
  /** How many numbers there are to be found: 1 for most, more for a line about a whole array, 0 for a term of a sum. */
  blanks: number;
}

export interface Working {
  html: string;
  style: string;
  lines: Line[];
  /** The names of the layers behind each column of the drawing. */
  layers: string[][];
  worked: number;
  total: number;
  digits: number;
  epoch: number;
  batch: number;
  train: number;
  test: number;
  next: number[];
  columns: string[];
  dead: number;
}

/** What is chosen: a line that found a number, or a number that was given, by its key. */
export type Chosen = { line: Line } | { given: string };

/** How an address names a line: by what it finds, and where several find the same, which of them. */
export function tokenOf(working: Working, chosen: Chosen): string {
  if ("given" in chosen) return chosen.given;
  const first = working.lines.find((line) => line.key === chosen.line.key);
  return first === chosen.line ? first.key : `${chosen.line.key}~${chosen.line.id}`;
}

const arrayOf = (key: string): string => key.replace(/(\[\d+\])+$/, "");

/** The line that an address names; in another view, the line of its array or the first of its numbers. */
export function lineOf(working: Working, token: string): Line | undefined {
  const [key, id] = token.split("~");
  return (
    working.lines.find((line) => line.key === key && (id === undefined || line.id === id)) ??
    working.lines.find((line) => line.key === arrayOf(key!)) ??
    working.lines.find((line) => line.key.startsWith(`${key}[`))
  );
}

/** Where in the drawing a number lies, or the numbers of an array: "u 1 0", "w 1 0 2", "b 1 0", "L". */
export function placesOf(key: string, working: Working, opened: Opened): string[] {
  if (key === "loss" || key === "penalty") return ["L"];
  // What one number contributes to another is of that other.
  const given = key.indexOf(".gives.");
  if (given >= 0) return placesOf(key.slice(given + ".gives.".length), working, opened);
  const found = /^(?:steps\[\d+\]\.(?:parameters|[^.]+)\.|gradients\.)?([\w-]+?)(?:\.(output|outputGradient|weight|bias|slope))?((?:\[\d+\])*)(?:\.|$)/.exec(key);
  if (found === null) return [];
  const [, name, kind, indices] = found;
  const at = [...indices!.matchAll(/\d+/g)].map(Number);
  const layer = name === "input" ? 0 : working.layers.findIndex((names) => names.includes(name!)) + 1;
  if (layer === 0 && name !== "input") return [];
  // Where there is no plane nothing is drawn that could be lit.
  const inputs = opened.features?.length ?? 0;
  const units = layer === 0 ? inputs : opened.layers[layer - 1]!.units;
  const before = layer < 2 ? inputs : opened.layers[layer - 2]!.units;
  const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
  if (kind === "weight")
    return (at[0] === undefined ? range(units) : [at[0]]).flatMap((to) => (at[1] === undefined ? range(before) : [at[1]]).map((from) => `w ${layer} ${to} ${from}`));
  if (kind === "bias") return (at[0] === undefined ? range(units) : [at[0]]).map((unit) => `b ${layer} ${unit}`);
  return (at.length === 0 ? range(units) : [at[at.length - 1]!]).map((unit) => `u ${layer} ${unit}`);
}

/** The keys that a place of the drawing stands for, what a click asks for first; of a batch the first example's. */
export function keysOf(place: string, click: string, working: Working, opened: Opened): string[] {
  if (place === "L") return ["loss"];
  const [kind, layer, unit, from] = place.split(" ") as [string, string, string, string | undefined];
  const names = working.layers[Number(layer) - 1];
  if (kind === "u") {
    if (Number(layer) === 0) return click === "value" ? [`input[${unit}]`, `input[0][${unit}]`] : [`gradients.input[${unit}]`, `gradients.input[0][${unit}]`];
    const values = [...names!].reverse();
    const ends = click === "value" ? "output" : "outputGradient";
    return values.flatMap((name) => [`${name}.${ends}[${unit}]`, `${name}.${ends}[0][${unit}]`]);
  }
  const number = opened.layers[Number(layer) - 1]![kind === "w" ? "weight" : "bias"]!;
  const key = `${opened.parameters[number]}[${unit}]${kind === "w" ? `[${from}]` : ""}`;
  return click === "value" ? [key] : click === "gradient" ? [`gradients.${key}`] : [`steps[0].parameters.${key}`];
}

/** How a number is asked for that has no line yet: dense1.weight[0][1] for its gradient, dense1[0] for a layer's output. */
export function atOf(key: string): string {
  return key
    .replace(/^steps\[\d+\]\.(?:parameters)\./, "")
    .replace(/^gradients\./, "")
    .replace(/\.(?:output|outputGradient)(?=\[|$)/, "")
    .replaceAll("][", ",");
}

/** Whether a key is of something that is computed rather than given. */
export const isComputed = (key: string): boolean => /\.(?:output|outputGradient)\[|^gradients\.|^steps\[/.test(key);
