import { useLayoutEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { History } from "./protocol";
import { short } from "./settings";
import { text } from "./text";

const HEIGHT = 150;

/** The losses over the epochs; the line under the pointer is read out below. */
export function LossChart({ history, isLog }: { history: History; isLog: boolean }) {
  const room = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  useLayoutEffect(() => {
    const style = getComputedStyle(room.current!);
    const color = (name: string): string => style.getPropertyValue(name).trim();
    const axis = { stroke: color("--muted"), grid: { stroke: color("--line"), width: 1 }, ticks: { show: false }, font: "11px system-ui, sans-serif" };
    const value = (_: uPlot, v: number | null): string => short(v);
    plot.current = new uPlot(
      {
        width: room.current!.clientWidth,
        height: HEIGHT,
        padding: [8, 8, 0, 0],
        cursor: { y: false, drag: { x: false, y: false } },
        scales: { x: { time: false }, y: isLog ? { distr: 3 } : { range: (_, __, max) => [0, Number.isFinite(max) && max > 0 ? max * 1.05 : 1] } },
        axes: [
          { ...axis, size: 26, space: 60 },
          { ...axis, size: 46, space: 30, values: (_, splits) => splits.map((split) => (split === null ? "" : short(split, 2))) },
        ],
        series: [
          { label: text.epoch, value: (_, v) => (v === null ? "—" : `${v}`) },
          { label: text.trainLoss, stroke: color("--train"), width: 1.8, value },
          { label: text.testLoss, stroke: color("--test"), width: 1.8, dash: [6, 4], value },
        ],
      },
      [[], [], []],
      room.current!,
    );
    const watch = new ResizeObserver(() => plot.current?.setSize({ width: room.current!.clientWidth, height: HEIGHT }));
    watch.observe(room.current!);
    return () => {
      watch.disconnect();
      plot.current?.destroy();
    };
  }, []);
  useLayoutEffect(() => {
    const positive = (values: (number | null)[]): (number | null)[] => (isLog ? values.map((v) => (v !== null && v > 0 ? v : null)) : values);
    plot.current?.setData([history.epoch, positive(history.train), positive(history.test)]);
  });
  return <div class="chart" ref={room} role="img" aria-label={text.lossCurvesLabel} />;
}
