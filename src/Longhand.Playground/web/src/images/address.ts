import type { ImageColumn, ImagesOpened, Opened } from "../protocol";

/** What is shown beside the experiment, as the address says it. */
export interface Shown {
  set: "train" | "test";
  example: number;
  /** A drawing, as the server reads it; null for an example. */
  lines: string | null;
  /** A picture cell by cell; null for an example or a drawing. */
  cells: string | null;
  /** The number whose sum is shown: conv1[0,1,2]; "" for none. */
  at: string;
  saliency: boolean;
  /** What the list of pictures shows: worst, all, or 4-9 for fours that were taken for nines. */
  list: string;
  /** Which page of that list, from 0. */
  page: number;
}

export const nothing: Shown = { set: "test", example: 0, lines: null, cells: null, at: "", saliency: false, list: "worst", page: 0 };

/** What is trained where the address says nothing else. */
export const defaults: Record<string, string> = {
  network: "8x8x1 -> conv 8 3x3 pad same relu -> maxpool 2 -> dense 10",
  data: "digits",
  loss: "cross-entropy",
  optimizer: "adam lr=0.01",
  batch: "32",
  split: "0.8",
  init: "pytorch",
  conventions: "pytorch",
};

function written(pairs: Iterable<[string, string]>): string {
  return [...pairs].map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%20", "+").replaceAll("%2C", ",")}`).join("&");
}

export const defaultLink = written(Object.entries(defaults));

/** Splits an address into what is shown and what is trained; what it leaves out of the latter is filled in. */
export function readAddress(rest: string): { shown: Shown; link: string } {
  const shown: Shown = { ...nothing };
  const settings = new Map(Object.entries(defaults));
  for (const [key, value] of new URLSearchParams(rest)) {
    const whole = /^\d{1,9}$/.test(value) ? Number(value) : 0;
    if (key === "set") shown.set = value === "train" ? "train" : "test";
    else if (key === "example") shown.example = whole;
    else if (key === "page") shown.page = whole;
    else if (key === "lines" || key === "cells") shown[key] = value;
    else if (key === "at") shown.at = value;
    else if (key === "saliency") shown.saliency = value === "true";
    else if (key === "list") shown.list = /^(all|\d+-\d+)$/.test(value) ? value : "worst";
    else settings.set(key, key === "network" ? value.replaceAll("/", " -> ") : value);
  }
  // What is no drawing is an empty one.
  if (shown.lines !== null && !/^(([0-9a-f]{4})+(\.([0-9a-f]{4})+)*)?$/.test(shown.lines)) shown.lines = "";
  if (shown.cells !== null && !/^([0-9a-f]{2})*$/.test(shown.cells)) Object.assign(shown, { cells: null, lines: "" });
  if (shown.cells !== null) shown.lines = null;
  return { shown, link: written(settings) };
}

export function writeShown(shown: Shown): string {
  const own = shown.lines !== null || shown.cells !== null;
  const pairs: [string, string][] = [["set", shown.set]];
  if (!own) pairs.push(["example", `${shown.example}`]);
  if (shown.lines !== null) pairs.push(["lines", shown.lines]);
  if (shown.cells !== null) pairs.push(["cells", shown.cells]);
  if (shown.at !== "") pairs.push(["at", shown.at]);
  if (shown.saliency) pairs.push(["saliency", "true"]);
  if (shown.list !== nothing.list) pairs.push(["list", shown.list]);
  if (shown.page > 0) pairs.push(["page", `${shown.page}`]);
  return written(pairs);
}

/** The same experiment and number in the ledger. */
export function ledgerAddress(opened: Opened, epoch: string, shown: Shown): string {
  const at = shown.at === "" ? "" : `&at=${shown.at}`;
  return `#view=ledger&${opened.link}${epoch}&set=${shown.set}&example=${shown.example}${at}`;
}

/** Which image is asked about. */
export function picked(shown: Shown): Record<string, unknown> {
  if (shown.lines !== null) return { set: shown.set, lines: shown.lines };
  if (shown.cells !== null) return { set: shown.set, cells: shown.cells };
  return { set: shown.set, example: shown.example };
}

/** A number of a column. For a vector the channel counts its units. */
export interface Place {
  column: number;
  channel: number;
  row: number;
  across: number;
}

export function atOf(columns: ImageColumn[], { column, channel, row, across }: Place): string {
  const { name, image } = columns[column]!;
  return image ? `${name}[${channel},${row},${across}]` : `${name}[${channel}]`;
}

/** The place that an address names; null where there is none. */
export function placeOf({ columns }: ImagesOpened, at: string): Place | null {
  const found = /^(\w+)\[(\d+)(?:,(\d+),(\d+))?\]$/.exec(at);
  if (found === null) return null;
  const column = columns.findIndex(({ name }) => name === found[1]);
  const [channel, row, across] = [Number(found[2]), Number(found[3] ?? 0), Number(found[4] ?? 0)];
  const shape = columns[column];
  if (shape === undefined || shape.image !== (found[3] !== undefined)) return null;
  return channel < shape.shown && row < shape.height && across < shape.width ? { column, channel, row, across } : null;
}
