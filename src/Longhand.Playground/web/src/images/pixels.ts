import type { ImageColumn, ImagesOpened } from "../protocol";
import type { Scheme } from "../palette";

/** How a column lies on the page: its maps one by one, or the units of a vector in rows of one map. */
export interface Tiles {
  count: number;
  width: number;
  height: number;
  /** Points on the page that a number takes along each side. */
  pixel: number;
}

const UNIT_SIDE = 18;
const UNIT_ROWS = 16;

export function tilesOf(column: ImageColumn, side: number): Tiles {
  if (column.image) {
    const pixel = Math.max(2, Math.min(Math.round(side / 4), Math.floor(side / Math.max(column.width, column.height))));
    return { count: column.shown, width: column.width, height: column.height, pixel };
  }
  const width = Math.ceil(column.shown / UNIT_ROWS);
  return { count: 1, width, height: Math.ceil(column.shown / width), pixel: UNIT_SIDE };
}

/** How large maps are drawn, and how many stand under one another. */
export interface Arrangement {
  side: number;
  rows: number;
}

// From the widest to the narrowest; where none has room enough, the last is what is scrolled.
const arrangements: Arrangement[] = [
  { side: 84, rows: 4 }, { side: 72, rows: 4 }, { side: 58, rows: 4 }, { side: 72, rows: 8 }, { side: 58, rows: 8 },
];
const TILE_GAP = 10;
const COLUMN_GAP = 24;
const LEAST_COLUMN = 66;

/** Points on the page that a filter's kernels take beside its map. */
export function kernelSize({ inputs, width, height }: NonNullable<ImageColumn["filters"]>): { cell: number; across: number; wide: number; high: number } {
  const side = Math.max(width, height);
  const cell = inputs === 1 ? Math.max(5, Math.floor(27 / side)) : Math.max(2, Math.floor(13 / side));
  const across = Math.min(inputs, 4);
  const down = Math.ceil(inputs / across);
  return { cell, across, wide: across * (width * cell + KERNEL_GAP) - KERNEL_GAP, high: down * (height * cell + KERNEL_GAP) - KERNEL_GAP };
}

export const KERNEL_GAP = 3;

/** The arrangement in which all columns stand beside one another in so much room. */
export function arrange(columns: ImageColumn[], room: number): Arrangement {
  const widthOf = (column: ImageColumn, { side, rows }: Arrangement): number => {
    const { count, width, pixel } = tilesOf(column, side);
    const across = Math.ceil(count / rows);
    const one = width * pixel + (column.filters === null ? 0 : kernelSize(column.filters).wide + 7);
    return Math.max(LEAST_COLUMN, across * (one + TILE_GAP) - TILE_GAP);
  };
  const fits = (arrangement: Arrangement): boolean => columns.reduce((sum, column) => sum + widthOf(column, arrangement) + COLUMN_GAP, 0) <= room;
  return arrangements.find(fits) ?? arrangements[arrangements.length - 1]!;
}

/** The bytes of each column's maps and of its filters. */
export function split(images: ImagesOpened, bytes: Uint8Array): { maps: Uint8Array; filters: Uint8Array }[] {
  let at = 0;
  const take = (length: number): Uint8Array => bytes.subarray(at, (at += length));
  return images.columns.map(({ shown, height, width, filters }) => ({
    maps: take(shown * height * width),
    filters: take(filters === null ? 0 : filters.outputs * filters.inputs * filters.height * filters.width),
  }));
}

const inks: Record<Scheme, [number, number]> = { light: [250, 24], dark: [26, 238] };
const inkTables = new Map<Scheme, Uint32Array>();

/** Bytes from 0 to 255 as ink: dark on a light page, light on a dark one. */
export function inkTable(scheme: Scheme): Uint32Array {
  let found = inkTables.get(scheme);
  if (found === undefined) {
    const [none, full] = inks[scheme];
    found = new Uint32Array(256);
    for (let byte = 0; byte < 256; byte++) {
      const grey = Math.round(none + ((full - none) * byte) / 255);
      found[byte] = (255 << 24) | (grey << 16) | (grey << 8) | grey;
    }
    inkTables.set(scheme, found);
  }
  return found;
}

/** Ink of a frame's input, whose bytes count from 127. */
export const inkOf = (byte: number): number => (byte === 255 ? 0 : Math.max(0, Math.min(255, Math.round(((byte - 127) * 255) / 127))));

/** Paints numbers onto a canvas of as many points; the page lays it out larger. */
export function paintCells(canvas: HTMLCanvasElement, bytes: ArrayLike<number>, width: number, height: number, colors: Uint32Array): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const pen = canvas.getContext("2d")!;
  const image = pen.createImageData(width, height);
  const points = new Uint32Array(image.data.buffer);
  for (let i = 0; i < points.length; i++) points[i] = colors[i < bytes.length ? bytes[i]! : 127]!;
  pen.putImageData(image, 0, 0);
}

export const rgb = (color: number): string => `rgb(${color & 255} ${(color >> 8) & 255} ${(color >> 16) & 255})`;

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

/** Lines of a drawing: the x and y of their points from 0 to 255. */
export type Lines = number[][];

const hex = (value: number): string => Math.max(0, Math.min(255, Math.round(value))).toString(16).padStart(2, "0");

export const writeLines = (lines: Lines): string => lines.map((line) => line.map(hex).join("")).join(".");

export function readLines(text: string): Lines {
  return text
    .split(".")
    .map((line) => (line.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)))
    .filter((line) => line.length >= 2 && line.length % 2 === 0 && line.every(Number.isFinite));
}

export const readCells = (text: string): number[] => (text.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));

export const writeCells = (cells: ArrayLike<number>): string => Array.from(cells, hex).join("");
