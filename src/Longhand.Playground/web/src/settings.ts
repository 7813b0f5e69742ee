import type { Kind, Layer } from "./protocol";

/** A line such as "circle n=500 noise=0.1" or "formula 'y > x' n=100": its first word, the words without a key, and its options in their order. */
export interface Line {
  name: string;
  words: string[];
  options: Record<string, string>;
}

export function readLine(line: string): Line {
  const pieces = line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  const options: Record<string, string> = {};
  const words: string[] = [];
  const bare = (text: string): string => text.replace(/"([^"]*)"|'([^']*)'/g, (_, one?: string, other?: string) => one ?? other ?? "");
  for (const piece of pieces.slice(1)) {
    const key = /^([^\s"'=]+)=/.exec(piece)?.[1];
    if (key === undefined) words.push(bare(piece));
    else options[key] = bare(piece.slice(key.length + 1));
  }
  return { name: pieces[0] ?? "", words, options };
}

export function writeLine({ name, words, options }: Line): string {
  const quoted = (value: string): string => (/[\s="';,]/.test(value) || value === "" ? (value.includes("'") ? `"${value}"` : `'${value}'`) : value);
  return [name, ...words.map(quoted), ...Object.entries(options).map(([key, value]) => `${key}=${quoted(value)}`)].join(" ");
}

/** A line with another value of an option; without it where there is none. */
export function withOption(line: string, key: string, value: string | null): string {
  const read = readLine(line);
  const { [key]: _, ...rest } = read.options;
  return writeLine({ ...read, options: value === null ? rest : { ...read.options, [key]: value } });
}

/** A line with or without a word that stands for itself. */
export function withFlag(line: string, flag: string, isOn: boolean): string {
  const read = readLine(line);
  const words = read.words.filter((word) => word !== flag);
  return writeLine({ ...read, words: isOn ? [...words, flag] : words });
}

export interface Column {
  units: number;
  activation: string;
}

export function columnsOf(layers: Layer[]): Column[] {
  return layers.map(({ units, activation }) => ({ units, activation }));
}

/** One hidden layer more, like the last. */
export function withLayer(columns: Column[]): Column[] {
  const activation = columns[columns.length - 2]?.activation ?? "tanh";
  return [...columns.slice(0, -1), { units: 2, activation }, columns[columns.length - 1]!];
}

/** One hidden layer less, where there is one. */
export function withoutLayer(columns: Column[]): Column[] {
  return columns.length < 2 ? columns : [...columns.slice(0, -2), columns[columns.length - 1]!];
}

export function writeNetwork(features: number, columns: Column[]): string {
  return [
    `${features}`,
    ...columns.map(({ units, activation }) => `dense ${units}${activation === "" || activation === "identity" ? "" : ` ${activation}`}`),
  ].join(" -> ");
}

/** What the output ends with where a loss is chosen: what the loss reads. */
export function headOf(loss: Kind, outputs: number, classes: boolean): string {
  if (loss.reads === "Probabilities") return "sigmoid";
  if (loss.reads === "Distribution") return "softmax";
  if (loss.reads !== "Anything" || !classes) return "";
  return outputs === 1 ? "tanh" : "softmax";
}

/** Whether a loss can stand behind so many outputs, whatever the activation. */
export function suits(loss: Kind, outputs: number, classes: boolean): boolean {
  if (!classes) return loss.reads === "Anything";
  return outputs > 1 || (loss.reads !== "Distribution" && loss.reads !== "ClassLogits");
}

/** The Playground's own data draw from a text; the others from a whole number. */
const playgrounds = ["circle", "xor", "gauss", "spiral", "plane", "cones"];
const values = ["plane", "cones"];

export function newSeed(name: string): string {
  return playgrounds.includes(name) ? Math.random().toFixed(5) : `${1 + Math.floor(Math.random() * 99999)}`;
}

/** Whether the noise of a data set is a share of its own size rather than a number of one's choice. */
export function noiseIsShare(name: string): boolean {
  return playgrounds.includes(name) || name === "moons" || name === "circles";
}

/** The line of another data set with as much of the present options as it understands. */
export function chooseData(now: string, name: string): string {
  const line = readLine(now);
  if (name === "iris") return "iris";
  if (name === "boolean") return "boolean 'A xor B'";
  if (name === "formula") return "formula 'y > sin(3*x)' n=500 extent=3 noise=0 seed=1";
  if (name === "blobs") return `blobs n=500 classes=3 noise=2 seed=${/^\d+$/.test(line.options.seed ?? "") ? line.options.seed : "1"}`;
  const isAlike = values.includes(line.name) === values.includes(name) && playgrounds.includes(line.name);
  const seed = line.options.seed ?? "0.5";
  return writeLine({
    name,
    words: [],
    options: {
      n: isAlike ? (line.options.n ?? "500") : values.includes(name) ? "1200" : "500",
      noise: noiseIsShare(line.name) ? (line.options.noise ?? "0") : "0",
      seed: playgrounds.includes(name) ? (playgrounds.includes(line.name) ? seed : "0.5") : /^\d+$/.test(seed) ? seed : "1",
    },
  });
}

export function splitFeatures(list: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= list.length; i++) {
    if (i === list.length || (list[i] === "," && depth === 0)) {
      found.push(list.slice(start, i).trim());
      start = i + 1;
    } else if (list[i] === "(") depth++;
    else if (list[i] === ")") depth--;
  }
  return found;
}

/** As a person writes it: x², x·y. */
export function pretty(feature: string): string {
  return feature.replaceAll("^2", "²").replaceAll("^3", "³").replaceAll("*", "·").replace(/^sin\((\w)\)$/, "sin $1");
}

/** A number for a person: three significant digits, a true minus. */
export function short(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined) return "—";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const written =
    size < 1e-3 || size >= 1e5 ? value.toExponential(1)
    : size < 1 ? value.toPrecision(digits)
    : value.toFixed(Math.max(0, digits - 1 - Math.floor(Math.log10(size))));
  return written.replace("-", "−");
}

/** A number with no more digits than it needs: axes and heights. */
export function neat(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined) return "—";
  const rounded = Number(value.toPrecision(digits));
  return `${rounded}`.replaceAll("-", "−").replace("e+", "e");
}
