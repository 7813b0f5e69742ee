import { useLayoutEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { short } from "./settings";

export interface Line {
  label: string;
  /** The name of a colour, as --train. */
  color: string;
  width?: number;
  dash?: number[];
}

export type Columns = [number[], ...(number | null | undefined)[][]];

/**
 * Lines over the epochs with axes. One place along them is read out: where the pointer is, or where the arrow keys have taken it. Made anew
 * (key) where lines or scales are others.
 */
export function Chart({ label, height, lines, columns, logX = false, logY = false, place, onPlace, read }: {
  label: string;
  height: number;
  lines: Line[];
  columns: Columns;
  logX?: boolean;
  logY?: boolean;
  place: number | null;
  onPlace: (place: number | null) => void;
  /** What is said of a place. */
  read: (place: number) => string;
}) {
  const room = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const told = useRef(onPlace);
  // How many places a logarithmic scale leaves out in front.
  const offset = useRef(0);
  told.current = onPlace;
  const count = columns[0].length;

  useLayoutEffect(() => {
    const style = getComputedStyle(room.current!);
    const color = (name: string): string => style.getPropertyValue(name).trim();
    const axis = {
      stroke: color("--muted"),
      grid: { stroke: color("--line"), width: 1 },
      ticks: { stroke: color("--edge"), width: 1, size: 4 },
      font: "11px system-ui, sans-serif",
      gap: 3,
    };
    const written = (_: uPlot, splits: (number | null)[]): string[] => splits.map((split) => (split === null ? "" : short(split, 2)));
    // On a logarithmic scale the powers of ten are enough; where there are few, 2 and 5 times them too.
    const digit = (split: number): number => Math.round(split / 10 ** Math.floor(Math.log10(split) + 1e-9));
    const powers = (_: uPlot, splits: number[]): (number | null)[] => {
      const few = splits.filter((split) => digit(split) === 1).length < 3;
      return splits.map((split) => (digit(split) === 1 || (few && [2, 5].includes(digit(split))) ? split : null));
    };
    const upward = (_: uPlot, __: number, most: number): [number, number] => [0, Number.isFinite(most) && most > 0 ? most * 1.05 : 1];
    plot.current = new uPlot(
      {
        width: room.current!.clientWidth,
        height,
        padding: [8, 10, 0, 0],
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
        scales: { x: logX ? { time: false, distr: 3 } : { time: false }, y: logY ? { distr: 3 } : { range: upward } },
        axes: [
          { ...axis, size: 28, space: 60, values: (_, splits) => splits.map((split) => (split === null ? "" : `${split}`)), ...(logX ? { filter: powers } : {}) },
          { ...axis, size: 52, space: 26, values: written, ...(logY ? { filter: powers } : {}) },
        ],
        series: [
          {},
          ...lines.map(({ label: name, color: shade, width, dash }) => ({
            label: name,
            stroke: color(shade),
            width: width ?? 1.8,
            spanGaps: true,
            points: { show: false },
            ...(dash === undefined ? {} : { dash }),
          })),
        ],
        hooks: { setCursor: [(u) => told.current(typeof u.cursor.idx === "number" ? u.cursor.idx + offset.current : null)] },
      },
      [[], ...lines.map(() => [])] as uPlot.AlignedData,
      room.current!,
    );
    const watch = new ResizeObserver(() => plot.current?.setSize({ width: room.current!.clientWidth, height }));
    watch.observe(room.current!);
    return () => {
      watch.disconnect();
      plot.current?.destroy();
    };
  }, []);

  useLayoutEffect(() => {
    const [epochs, ...values] = columns;
    // What cannot be on a logarithmic scale is left out of it.
    offset.current = logX ? epochs.filter((epoch) => epoch <= 0).length : 0;
    const positive = (line: (number | null | undefined)[]) => (logY ? line.map((v) => (v !== null && v !== undefined && v <= 0 ? null : v)) : line);
    plot.current?.setData([epochs, ...values.map(positive)].map((line) => line.slice(offset.current)) as uPlot.AlignedData);
  }, [columns]);

  const move = (event: KeyboardEvent): void => {
    const by: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
    const step = by[event.key];
    if (step === undefined || count === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.max(0, Math.min(count - 1, (place ?? count - 1) + step * (event.shiftKey ? 10 : 1)));
    plot.current?.setCursor({ left: plot.current.valToPos(Math.max(columns[0][next]!, logX ? 1 : 0), "x"), top: 0 }, false);
    onPlace(next);
  };
  const shown = place === null || place >= count ? count - 1 : place;
  return (
    <div
      class="chart"
      ref={room}
      tabIndex={0}
      role="slider"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, columns[0][count - 1] ?? 0)}
      aria-valuenow={columns[0][shown] ?? 0}
      aria-valuetext={count === 0 ? "" : read(shown)}
      onKeyDown={move}
    />
  );
}
