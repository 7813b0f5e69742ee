// What the server says, as its messages have it.
export type SettingKey =
  | "network" | "data" | "features" | "scale" | "loss" | "optimizer" | "schedule" | "epochs" | "regularization" | "batch" | "split"
  | "validation" | "seed" | "init" | "weights" | "conventions" | "epoch" | "test" | "discretize";

export type Settings = Record<SettingKey, string>;

/** An option of something that can be chosen; without a default another choice decides. */
export interface Option {
  name: string;
  default: string | null;
  summary?: string;
}

/** Something that can be chosen, as the library declares it. */
export interface Kind {
  name: string;
  usage: string;
  summary: string;
  options: Option[];
  flags: string[];
  /** Of a loss: what it takes the outputs for. */
  reads?: "Anything" | "Probabilities" | "Distribution" | "Logits" | "ClassLogits" | "Scores";
  /** Of a schedule: whether the length of the run has a say, and whether it watches the validation loss. */
  needsLength?: boolean;
  watches?: boolean;
}

export interface Hello {
  activations: string[];
  losses: string[];
  optimizers: string[];
  data: string[];
  images: string[];
  kinds: Record<"activation" | "loss" | "optimizer" | "schedule" | "init" | "data", Kind[]> & Record<"conventions" | "scale", string[]>;
  defaults: Settings;
}

export interface Layer {
  units: number;
  activation: string;
  weight: number;
  bias: number | null;
}

export interface Opened {
  settings: Settings;
  link: string;
  experiment: string;
  notes: string[];
  /** Whether weights and epoch are those of before. */
  kept: boolean;
  /** What a person should know of how the data were read. */
  dataNotes: string[];
  /** What the network's inputs are called, and what the columns are of which they are computed. */
  features: string[];
  columns: string[];
  featureMaps: string;
  layers: Layer[];
  parameters: string[];
  trained: number;
  examples: number;
  classes: boolean;
  classNames: string[];
  /** Whether the experiment's number of epochs has a say in the learning rate. */
  needsLength: boolean;
  /** Multiplications of one example. */
  multiplications: number;
  /** Where the examples lie in a plane: its edges left, right, bottom and top. The other fields are there where this is. */
  bounds?: [number, number, number, number];
  x: number[];
  y: number[];
  label: number[];
  side: number;
  smallSide: number;
  /** Where the examples are images: what is drawn of them. */
  images?: ImagesOpened;
}

export interface Measured {
  loss: number | null;
  accuracy?: number;
}

/** The operation that was gone through last. */
export interface Within {
  kind: "forward" | "loss" | "backward" | "update";
  /** The column of the drawing; 0 where it is none of one column. */
  layer: number;
  node: string;
  /** Whether it goes through the weights in front of the column. */
  map: boolean;
  /** Which of the batch's examples, from 1 on; 0 behind the last. */
  example: number;
  of: number;
  operation: number;
  operations: number;
}

/** When a run is to end by itself. */
export interface Condition {
  kind: string;
  value: number;
}

export interface Frame {
  epoch: number;
  batch: number;
  running: boolean;
  /** The number of the last command that it has come of. */
  after: number;
  touched: boolean;
  atStart: boolean;
  seeking?: boolean;
  within?: Within;
  stopped?: Condition & { found: number | null };
  problemLayer?: number;
  curve?: { from: number; rows: (number | null)[][] };
  train: Measured;
  test?: Measured;
  penalty: number | null;
  rate: number;
  problem?: string;
  weights?: (number | null)[][];
  /** Where the examples are images: what is looked at. */
  image?: ImageFrame;
  maps: Uint8Array;
}

/** The input or a layer as a column of maps. */
export interface ImageColumn {
  name: string;
  layer: string;
  image: boolean;
  height: number;
  width: number;
  channels: number;
  shown: number;
  source: number;
  filters: { parameter: string; outputs: number; inputs: number; height: number; width: number } | null;
}

export interface ImagesOpened {
  data: string;
  height: number;
  width: number;
  levels: number;
  classes: string[];
  train: number;
  test: number;
  measuredTrain: number;
  measuredTest: number;
  batches: number;
  columns: ImageColumn[];
}

export interface ImageFrame {
  set: string;
  index: number;
  own: boolean;
  class?: number;
  loss?: number | null;
  found: number;
  probable: boolean;
  scores: (number | null)[];
  largest: number[];
  largestFilter: number[];
}

/** What was measured behind each epoch, or behind some of many. */
export interface History {
  epoch: number[];
  train: (number | null)[];
  test: (number | null)[];
  penalty: (number | null)[];
  rate: (number | null)[];
}

/** A run that is kept to be compared with. */
export interface Pin {
  id: number;
  /** What trains it again; null where settings or weights were changed on the way. */
  link: string | null;
  settings: Settings;
  epoch: number;
  history: History;
}

export const MOST_PINS = 6;

/** A run's curves with its present state behind them. */
export function withPresent(history: History, frame: Frame | null): History {
  if (frame === null || history.epoch[history.epoch.length - 1] === frame.epoch) return history;
  return {
    epoch: [...history.epoch, frame.epoch],
    train: [...history.train, frame.train.loss],
    test: [...history.test, frame.test?.loss ?? null],
    penalty: [...history.penalty, frame.penalty],
    rate: [...history.rate, frame.rate],
  };
}
