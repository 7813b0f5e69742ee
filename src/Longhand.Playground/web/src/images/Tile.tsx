import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Scheme } from "../palette";
import { table } from "../palette";
import type { ImageColumn } from "../protocol";
import { KERNEL_GAP, kernelSize, paintCells, rgb } from "./pixels";

/** Numbers as coloured cells. */
export function Cells({ bytes, width, height, pixel, colors }: { bytes: ArrayLike<number>; width: number; height: number; pixel: number; colors: Uint32Array }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => paintCells(canvas.current!, bytes, width, height, colors));
  return <canvas class="cells" ref={canvas} style={{ width: `${width * pixel}px`, height: `${height * pixel}px` }} aria-hidden="true" />;
}

/** The kernels of one filter, a channel each; a bar stands in what is negative where there is room for it. */
export function Kernels({ bytes, filters, scheme }: { bytes: Uint8Array; filters: NonNullable<ImageColumn["filters"]>; scheme: Scheme }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { inputs, width, height } = filters;
  const { cell, across, wide, high } = kernelSize(filters);
  useLayoutEffect(() => {
    const target = canvas.current!;
    const ratio = devicePixelRatio;
    target.width = Math.round(wide * ratio);
    target.height = Math.round(high * ratio);
    const pen = target.getContext("2d")!;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const colors = table(scheme, false);
    const mark = getComputedStyle(target).color;
    for (let c = 0; c < inputs; c++)
      for (let i = 0; i < width * height; i++) {
        const byte = bytes[c * width * height + i]!;
        const x = (c % across) * (width * cell + KERNEL_GAP) + (i % width) * cell;
        const y = Math.floor(c / across) * (height * cell + KERNEL_GAP) + Math.floor(i / width) * cell;
        pen.fillStyle = rgb(colors[byte]!);
        pen.fillRect(x, y, cell, cell);
        if (byte < 110 && cell >= 7) {
          pen.fillStyle = mark;
          pen.fillRect(x + cell / 2 - 2, y + cell / 2 - 0.5, 4, 1);
        }
      }
  });
  return <canvas class="kernels" ref={canvas} style={{ width: `${wide}px`, height: `${high}px` }} aria-hidden="true" />;
}

/** A rectangle of cells, laid over a tile. */
export function Frame({ kind, row, across, rows, columns, pixel }: { kind: string; row: number; across: number; rows: number; columns: number; pixel: number }) {
  return <i class={kind} style={{ left: `${across * pixel}px`, top: `${row * pixel}px`, width: `${columns * pixel}px`, height: `${rows * pixel}px` }} />;
}

/** A map that is pointed into: hover, click, touch, arrow keys. */
export function Tile({ label, width, height, pixel, chosen, isStop, onHover, onChoose, onKey, children }: {
  label: string;
  width: number;
  height: number;
  pixel: number;
  chosen: boolean;
  isStop: boolean;
  onHover: (cell: [number, number] | null) => void;
  onChoose: (cell: [number, number] | null) => void;
  onKey: (event: KeyboardEvent) => void;
  children: ComponentChildren;
}) {
  const cellAt = (event: MouseEvent): [number, number] => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const within = (share: number, count: number): number => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
    return [within((event.clientY - box.top) / box.height, height), within((event.clientX - box.left) / box.width, width)];
  };
  return (
    <button
      type="button"
      class="tile"
      aria-label={label}
      aria-pressed={chosen}
      tabIndex={isStop ? 0 : -1}
      style={{ width: `${width * pixel}px`, height: `${height * pixel}px` }}
      onPointerMove={(event) => event.pointerType === "mouse" && onHover(cellAt(event))}
      onPointerLeave={() => onHover(null)}
      // A press of a key has no place: it is the one that is chosen already, or the first.
      onClick={(event) => onChoose(event.detail === 0 ? null : cellAt(event))}
      onKeyDown={onKey}
    >
      {children}
    </button>
  );
}
