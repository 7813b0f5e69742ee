import type { Layer, Opened, Settings } from "./protocol";

/** A line such as "circle n=500 noise=0.1": its first word, and its options in their order. */
export interface Line {
  name: string;
  options: Record<string, string>;
}

export function readLine(line: string): Line {
  const words = line.match(/(?:[^\s"]+|"[^"]*")+/g) ?? [];
  const options: Record<string, string> = {};
  for (const word of words.slice(1)) {
    const equals = word.indexOf("=");
    if (equals > 0) options[word.slice(0, equals)] = word.slice(equals + 1).replaceAll('"', "");
  }
  return { name: words[0] ?? "", options };
}

export function writeLine({ name, options }: Line): string {
  const quoted = (value: string): string => (/[\s=']/.test(value) ? `"${value}"` : value);
  return [name, ...Object.entries(options).map(([key, value]) => `${key}=${quoted(value)}`)].join(" ");
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
export function headOf(loss: string, isRegression: boolean): string {
  if (isRegression) return "";
  if (loss === "bce") return "sigmoid";
  return loss === "bce-logits" || loss === "hinge" ? "" : "tanh";
}

export const regressionData = ["plane", "cones"];
export const classLosses = ["bce", "bce-logits", "hinge"];

/** The Playground's own data draw from a text; the others from a whole number. */
const numbered = ["moons", "circles"];

export function newSeed(name: string): string {
  return numbered.includes(name) ? `${1 + Math.floor(Math.random() * 99999)}` : Math.random().toFixed(5);
}

/** Another data set with as much of the present options as it understands. */
export function switchData(settings: Settings, name: string): Settings {
  const line = readLine(settings.data);
  const wasRegression = regressionData.includes(line.name);
  const isRegression = regressionData.includes(name);
  const options: Record<string, string> = {
    n: wasRegression === isRegression ? (line.options.n ?? "500") : isRegression ? "1200" : "500",
    noise: line.options.noise ?? "0",
    seed: line.options.seed ?? "0.5",
  };
  if (numbered.includes(name) && !/^\d+$/.test(options.seed!)) options.seed = "1";
  return { ...settings, data: writeLine({ name, options }) };
}

/** Another data set, with the loss and the output that go with it. */
export function chooseData(opened: Opened, name: string): Settings {
  const { settings } = opened;
  const isRegression = regressionData.includes(name);
  const wasRegression = regressionData.includes(readLine(settings.data).name);
  const next = switchData(settings, name);
  if (isRegression === wasRegression) return next;
  const loss = isRegression && classLosses.includes(settings.loss) ? "half-mse" : settings.loss;
  const columns = columnsOf(opened.layers);
  columns[columns.length - 1]!.activation = headOf(loss, isRegression);
  return { ...next, loss, network: writeNetwork(opened.features.length, columns) };
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
