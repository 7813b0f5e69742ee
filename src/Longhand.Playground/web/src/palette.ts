import { useEffect, useState } from "preact/hooks";
import { classColor } from "./marks";

type Rgb = [number, number, number];

const schemes: Record<"light" | "dark", { low: Rgb; middle: Rgb; high: Rgb; blank: Rgb }> = {
  light: { low: [222, 122, 47], middle: [247, 246, 242], high: [52, 130, 196], blank: [190, 190, 190] },
  dark: { low: [214, 120, 52], middle: [29, 31, 35], high: [64, 145, 214], blank: [90, 90, 90] },
};

export type Scheme = keyof typeof schemes;

const tables = new Map<string, Uint32Array>();

/** For each byte of a picture its colour as the canvas lays pixels: 0 low, 127 zero, 254 high, 255 no number. */
export function table(scheme: Scheme, discrete: boolean): Uint32Array {
  const key = `${scheme} ${discrete}`;
  let found = tables.get(key);
  if (found === undefined) {
    const { low, middle, high, blank } = schemes[scheme];
    found = new Uint32Array(256);
    for (let byte = 0; byte < 256; byte++) {
      const share = discrete ? (byte >= 127 ? 1 : -1) : (byte - 127) / 127;
      const end = share < 0 ? low : high;
      const [r, g, b] = byte === 255 ? blank : middle.map((m, i) => Math.round(m + (end[i]! - m) * Math.abs(share) * (discrete ? 0.75 : 1)));
      found[byte] = (255 << 24) | (b! << 16) | (g! << 8) | r!;
    }
    tables.set(key, found);
  }
  return found;
}

/** The steps of a class in the picture of the winners. */
export const winnerStep = 25;

const winnerTables = new Map<string, Uint32Array>();

/** For each byte of the winners' picture its colour: the class's, the stronger the more clearly it wins. */
export function winners(scheme: Scheme, discrete: boolean): Uint32Array {
  const key = `${scheme} ${discrete}`;
  let found = winnerTables.get(key);
  if (found === undefined) {
    const { middle, blank } = schemes[scheme];
    found = new Uint32Array(256);
    for (let byte = 0; byte < 256; byte++) {
      const end = Number.parseInt(classColor(scheme, Math.floor(byte / winnerStep)).slice(1), 16);
      const share = discrete ? 0.45 : 0.12 + (0.4 * (byte % winnerStep)) / (winnerStep - 1);
      const [r, g, b] = byte === 255 ? blank : middle.map((m, i) => Math.round(m + (((end >> (16 - 8 * i)) & 255) - m) * share));
      found[byte] = (255 << 24) | (b! << 16) | (g! << 8) | r!;
    }
    winnerTables.set(key, found);
  }
  return found;
}

const query = matchMedia("(prefers-color-scheme: dark)");

/** Whether the page is light or dark, followed as it changes. */
export function useScheme(): Scheme {
  const [scheme, set] = useState<Scheme>(query.matches ? "dark" : "light");
  useEffect(() => {
    const follow = (): void => set(query.matches ? "dark" : "light");
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, []);
  return scheme;
}

// Painted pixels are copied: one room for each size is enough.
const rooms = new Map<number, ImageData>();

/** Paints bytes onto a canvas of as many pixels. */
export function paint(canvas: HTMLCanvasElement, bytes: Uint8Array, side: number, colors: Uint32Array): void {
  if (canvas.width !== side) canvas.width = canvas.height = side;
  const context = canvas.getContext("2d")!;
  let image = rooms.get(side);
  if (image === undefined) rooms.set(side, (image = context.createImageData(side, side)));
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) pixels[i] = colors[bytes[i]!]!;
  context.putImageData(image, 0, 0);
}
