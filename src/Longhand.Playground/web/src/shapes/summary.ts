/** The answer to "summary": a number, or a formula where the network has letters. */
export type Count = number | string;

export interface LayerSummary {
  name: string;
  kind: string;
  output: Count[];
  parameters: Count;
  weights: Count;
  biases: Count;
  macs: Count;
  receptiveField?: [number, number] | null;
  jump?: [number, number] | null;
  start?: [number, number] | null;
  outputBytes: Count;
  stored: string[];
}

export interface Numbers {
  input: Count[];
  layers: LayerSummary[];
  parameters: Count;
  macs: Count;
  memory: { parameters: Count; forward: Count; stored: Count; storedByCourse: Count; optimizer: Count };
}

export interface Row {
  name: string;
  layer: string;
  shape: string;
  start: number | null;
  end: number | null;
  moves: boolean;
}

export interface SummaryAnswer extends Numbers {
  rows: Row[];
  optimizer: string;
  letters?: string[];
  numbers?: Numbers;
  warnings: { code: string; layer: string; message: string }[];
}

/** 1,592,525,056, or the formula as it stands. */
export function written(count: Count): string {
  return typeof count === "number" ? count.toLocaleString("en").replace("-", "−") : count;
}

/** 64×64×1. */
export function shape(sizes: Count[]): string {
  return sizes.join("×");
}

/** 37.6 kB: a kB is 1000 bytes. */
export function bytes(count: Count): string {
  if (typeof count === "string") return `${count} B`;
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let size = count;
  let unit = 0;
  for (; size >= 999.95 && unit < units.length - 1; unit++) size /= 1000;
  return `${unit === 0 ? size : size.toFixed(1).replace(/\.0$/, "")} ${units[unit]}`;
}

export interface Column {
  /** As the cell is asked for: conv1.parameters. */
  id: string;
  text: (layer: LayerSummary) => string;
}

const both = (pair: [number, number] | null | undefined, between: string): string =>
  pair === null || pair === undefined ? "" : `${pair[0]}${between}${pair[1]}`.replaceAll("-", "−");

const unlessZero = (count: Count): string => (count === 0 || count === "0" ? "" : written(count));

export const columns: Column[] = [
  { id: "output", text: (layer) => shape(layer.output) },
  { id: "weights", text: (layer) => unlessZero(layer.weights) },
  { id: "biases", text: (layer) => unlessZero(layer.biases) },
  { id: "parameters", text: (layer) => unlessZero(layer.parameters) },
  { id: "macs", text: (layer) => unlessZero(layer.macs) },
  { id: "receptiveField", text: (layer) => (layer.jump === null ? "all" : both(layer.receptiveField, "×")) },
  { id: "jump", text: (layer) => both(layer.jump, "×") },
  { id: "start", text: (layer) => (layer.jump === null ? "" : both(layer.start, ", ")) },
  { id: "outputBytes", text: (layer) => written(layer.outputBytes) },
  { id: "stored", text: (layer) => layer.stored.join(", ") },
];

/** Columns that only images have. */
export const imageColumns = ["receptiveField", "jump", "start"];
