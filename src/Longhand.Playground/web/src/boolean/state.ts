import { readRest, writeRest } from "../address";
import type { Line } from "../descent/state";

export interface State {
  /** The formula; empty where the table says it. */
  f: string;
  table: string;
  units: "step" | "relu" | "sigmoid";
  single: boolean;
  /** Weights that were set by hand, as the server writes them; empty for those it designs. */
  weights: string;
  /** The row whose sums are open. */
  row: number | null;
  /** How far the cube of three inputs is turned, in degrees. */
  turn: number;
}

const USUAL_TURN = 28;

export function readState(rest: string): State {
  const parts = readRest(rest);
  const row = Number(parts.row);
  const turn = Number(parts.turn);
  return {
    f: parts.f ?? (parts.table === undefined ? "A xor B" : ""),
    table: parts.f === undefined ? (parts.table ?? "") : "",
    units: parts.units === "relu" || parts.units === "sigmoid" ? parts.units : "step",
    single: parts.size === "one",
    weights: parts.w ?? "",
    row: parts.row !== undefined && Number.isInteger(row) && row >= 0 ? row : null,
    turn: parts.turn !== undefined && Number.isFinite(turn) ? turn : USUAL_TURN,
  };
}

export const writeState = (state: State): string =>
  writeRest({
    f: state.f,
    table: state.f === "" ? state.table : undefined,
    units: state.units === "step" ? undefined : state.units,
    size: state.single ? "one" : undefined,
    w: state.weights,
    row: state.row === null ? undefined : `${state.row}`,
    turn: state.turn === USUAL_TURN ? undefined : `${state.turn}`,
  });

export interface Row {
  input: number[];
  hidden: number[];
  value: number;
  output: number;
  wanted: number;
  onThreshold: boolean;
}

export interface Answer {
  variables: string[];
  table: string;
  expression: string;
  named: string;
  separable: boolean;
  proof: string[];
  explanation: string[];
  designed: boolean;
  network: string;
  units: string[];
  weights: string;
  rule: string;
  computes: string;
  hidden: string[];
  rows: Row[];
  /** Of each unit of the first layer the border's points; null where there is no picture. */
  borders: number[][][] | null;
  region: string | null;
  side: number;
  file: string;
}

export interface Working {
  lines: Line[];
}

/** [layer][unit][weights, bias last], as they are written. */
export const readWeights = (text: string): string[][][] => text.split("|").map((layer) => layer.split(";").map((unit) => unit.split(",")));

export const writeWeights = (layers: string[][][]): string => layers.map((layer) => layer.map((unit) => unit.join(",")).join(";")).join("|");

/** A weight as a number, for drawing alone: 1/3 too. */
export function numberOf(text: string): number {
  const [over, under] = text.split("/").map(Number);
  return under === undefined ? over! : over! / under;
}

export const signed = (text: string): string => text.replace("-", "−");

/** The same weights with one of them changed; null where there is no such weight. */
export function withWeight(text: string, layer: number, unit: number, place: number, to: string): string | null {
  const layers = readWeights(text);
  if (layers[layer]?.[unit]?.[place] === undefined) return null;
  layers[layer][unit][place] = to;
  return writeWeights(layers);
}

export type Unit = [a: number, b: number, bias: number];

const round = (value: number): string => `${Number(value.toFixed(2)) + 0}`;

/** The same weights with those of a unit of two inputs changed; null where there is no such unit, or its weights are no numbers. */
export function withUnit(text: string, unit: number, change: (before: Unit) => Unit): string | null {
  const layers = readWeights(text);
  const before = layers[0]![unit]?.map(numberOf);
  if (before?.length !== 3 || before.some(Number.isNaN)) return null;
  layers[0]![unit] = change(before as Unit).map(round);
  return writeWeights(layers);
}

const shapeOf = (weights: string): string => weights.replace(/[^,;|]/g, "");

/** The weights as they are asked for, where they are those of the network that was answered; else that network's own. */
export const askedWeights = (state: State, answer: Answer): string => (shapeOf(state.weights) === shapeOf(answer.weights) && state.weights !== "" ? state.weights : answer.weights);

/** The wanted outputs as they are asked for, where they are for the rows that were answered; else those of the answer. */
export const askedTable = (state: State, answer: Answer): string => (state.f === "" && state.table.length === answer.table.length ? state.table : answer.table);
