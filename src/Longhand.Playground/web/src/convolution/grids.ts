/** Numbers as they are typed: [row][column], and with channels and filters before these. */
export type Plane = string[][];
export type Image = Plane[];
export type Kernel = Image[];

/** As many rows and columns, or channels, or filters, as the server takes. */
export const MOST = { side: 16, kernel: 7, channels: 3 };

const GAP = /[\s,]+/;

/** Rows end with a semicolon or a line, numbers with a space, a comma or a tab. */
export function readPlane(text: string): Plane {
  return text
    .split(/[;\n]/)
    .map((row) => row.trim())
    .filter((row) => row !== "")
    .map((row) => row.split(GAP).filter((cell) => cell !== ""));
}

export const readImage = (text: string): Image => text.split("|").map(readPlane);
export const readKernel = (text: string): Kernel => text.split("||").map(readImage);

const writePlane = (plane: Plane): string => plane.map((row) => row.join(",")).join(";");
export const writeImage = (image: Image): string => image.map(writePlane).join("|");
export const writeKernel = (kernel: Kernel): string => kernel.map(writeImage).join("||");

const list = <T>(count: number, at: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => at(i));

/** The same numbers with other sizes: cut, or filled up with 0. */
export function resized(image: Image, channels: number, rows: number, columns: number): Image {
  return list(channels, (c) => list(rows, (i) => list(columns, (j) => image[c]?.[i]?.[j] ?? "0")));
}

export function resizedKernel(kernel: Kernel, filters: number, channels: number, rows: number, columns: number): Kernel {
  return list(filters, (o) => resized(kernel[o] ?? [], channels, rows, columns));
}

/** [channels, rows, columns]. */
export function sizesOf(image: Image): [number, number, number] {
  return [image.length, image[0]?.length ?? 0, image[0]?.[0]?.length ?? 0];
}

export function withCell(plane: Plane, row: number, column: number, cell: string): Plane {
  return plane.map((line, i) => (i === row ? line.map((old, j) => (j === column ? cell : old)) : line));
}

/** x₁₂ for counting, x₁,₁₂ where the numbers would run together. */
export function lowered(...indices: number[]): string {
  const below = (index: number): string => [...`${index}`].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
  return indices.map(below).join(indices.some((index) => index > 9) ? "," : "");
}

/** The number that a cell says, for a shade; 0 where it says none. */
export function valueOf(cell: string): number {
  const [above, below] = cell.replace("−", "-").split("/");
  const value = Number(above) / (below === undefined ? 1 : Number(below));
  return Number.isFinite(value) ? value : 0;
}
