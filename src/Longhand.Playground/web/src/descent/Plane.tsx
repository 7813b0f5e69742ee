import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useScheme } from "../palette";
import { neat } from "../settings";
import { text } from "../text";
import { type Contours, type Path, reached, type Slope } from "./state";

// The server draws on a picture of this size.
const SIZE = 1000;
const ROOM = { left: 44, bottom: 26, top: 8, right: 8 };
const ARROW = 54;
const LABEL_ROOM = 46;
// More small marks than these would be a line of their own.
const MOST_MARKS = 80;

const drawn = (points: [number, number][]): string => points.map(([x, y], k) => `${k === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

/** Each optimizer's dashes; its hue is --race-0 … and its mark a disc, a square, a triangle, a diamond. */
export const dashes = ["", "9 5", "2 4", "12 4 2 4"];

export function Mark({ kind, x, y, size }: { kind: number; x: number; y: number; size: number }) {
  const s = size;
  const d = [
    `M${x - s} ${y}a${s} ${s} 0 1 0 ${2 * s} 0a${s} ${s} 0 1 0 ${-2 * s} 0z`,
    `M${x - 0.9 * s} ${y - 0.9 * s}h${1.8 * s}v${1.8 * s}h${-1.8 * s}z`,
    `M${x} ${y - 1.15 * s}L${x + 1.1 * s} ${y + 0.85 * s}H${x - 1.1 * s}z`,
    `M${x} ${y - 1.3 * s}L${x + 1.3 * s} ${y}L${x} ${y + 1.3 * s}L${x - 1.3 * s} ${y}z`,
  ];
  return <path class={`mark race${kind}`} d={d[kind]!} />;
}

/** A mark as it stands in lists. */
export function Sample({ kind }: { kind: number }) {
  return (
    <svg class="sample" viewBox="0 0 36 14" aria-hidden="true">
      <path class={`trail race${kind}`} d="M0 7H36" stroke-dasharray={dashes[kind]} />
      <Mark kind={kind} x={18} y={7} size={4.5} />
    </svg>
  );
}

function ticks([low, high]: [number, number]): number[] {
  const span = high - low;
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => span / s <= 6)!;
  const found: number[] = [];
  for (let k = Math.ceil(low / step); k * step <= high + step * 1e-9; k++) found.push(k * step);
  return found;
}

/** The middle of the longest line of a height, where its number stands. */
function middle(path: string): [number, number] | null {
  let longest: string[] = [];
  for (const line of path.split("M")) {
    const points = line.split("L");
    if (points.length > longest.length) longest = points;
  }
  if (longest.length < 12) return null;
  const [x, y] = longest[Math.floor(longest.length * 0.31)]!.split(" ").map(Number);
  return [x!, y!];
}

function shade(canvas: HTMLCanvasElement, contours: Contours, scheme: string): void {
  const { side } = contours;
  const bytes = Uint8Array.from(atob(contours.shades), (c) => c.charCodeAt(0));
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d")!;
  const image = pen.createImageData(side, side);
  const [low, high] = scheme === "dark" ? [[30, 58, 84], [23, 26, 30]] : [[203, 222, 238], [252, 251, 248]];
  bytes.forEach((byte, i) => {
    const share = Math.sqrt(byte / 254);
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = low![c]! + (high![c]! - low![c]!) * share;
    image.data[4 * i + 3] = byte === 255 ? 0 : 255;
  });
  pen.putImageData(image, 0, 0);
}

/** The landscape from above, the optimizers on their way, and the gradient where one points. */
export function Plane({ contours, paths, at, start, probe, slope, onProbe, onStart }: {
  contours: Contours;
  paths: (Path | null)[];
  at: number;
  start: [number, number] | null;
  probe: [number, number] | null;
  slope: Slope | null;
  onProbe: (at: [number, number] | null) => void;
  onStart: (at: [number, number]) => void;
}) {
  const room = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(600);
  const dragging = useRef(false);
  const scheme = useScheme();
  useLayoutEffect(() => {
    const measure = (): void => setWidth(room.current!.clientWidth);
    // Before it is seen for the first time: who points at once points at where things stay.
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(room.current!);
    return () => watch.disconnect();
  }, []);
  useEffect(() => shade(canvas.current!, contours, scheme), [contours, scheme]);

  const wide = Math.max(120, width - ROOM.left - ROOM.right);
  const [x0, x1] = contours.x;
  const [y0, y1] = contours.y;
  // What lies far outside is drawn as if just outside: no picture takes 1e300.
  const near = (pixel: number): number => Math.min(4 * wide, Math.max(-3 * wide, pixel));
  const px = (x: number): number => ROOM.left + near(((x - x0) / (x1 - x0)) * wide);
  const py = (y: number): number => ROOM.top + near(((y1 - y) / (y1 - y0)) * wide);
  const back = (event: PointerEvent): [number, number] => {
    const box = room.current!.getBoundingClientRect();
    const share = (pixel: number): number => Math.min(1, Math.max(0, pixel / wide));
    const round = (value: number, span: number): number => Number(value.toFixed(Math.max(0, 2 - Math.floor(Math.log10(span)))));
    return [
      round(x0 + share(event.clientX - box.left - ROOM.left) * (x1 - x0), x1 - x0),
      round(y1 - share(event.clientY - box.top - ROOM.top) * (y1 - y0), y1 - y0),
    ];
  };
  const lines = useMemo(() => {
    const taken: [number, number][] = [];
    return contours.lines.map(({ level, path }) => {
      const found = middle(path);
      const label = found === null ? null : ([ROOM.left + (found[0] / SIZE) * wide, ROOM.top + (found[1] / SIZE) * wide] as [number, number]);
      const isFree =
        label !== null &&
        label[0] > ROOM.left + 18 && label[0] < ROOM.left + wide - 18 && label[1] > ROOM.top + 10 && label[1] < ROOM.top + wide - 10 &&
        taken.every(([x, y]) => Math.hypot(x - label[0], y - label[1]) > LABEL_ROOM);
      if (isFree) taken.push(label);
      return { level, path, label: isFree ? label : null };
    });
  }, [contours, wide]);
  const trails = paths.map((path) => {
    const points: [number, number][] = [];
    if (path === null) return points;
    for (let k = 0; k <= reached(path, at); k++) {
      const [x, y] = [path.x[k], path.y[k]];
      if (x != null && y != null) points.push([px(x), py(y)]);
    }
    return points;
  });
  const arrow = ((): { x: number; y: number } | null => {
    if (probe === null || slope?.gradient === undefined) return null;
    const [gx, gy] = [slope.gradient[0] / (x1 - x0), -slope.gradient[1] / (y1 - y0)];
    const length = Math.hypot(gx, gy);
    return length > 0 && Number.isFinite(length) ? { x: (gx / length) * ARROW, y: (gy / length) * ARROW } : null;
  })();
  const move = (event: KeyboardEvent): void => {
    const by = ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] } as Record<string, [number, number]>)[event.key];
    const from: [number, number] = probe ?? start ?? [(x0 + x1) / 2, (y0 + y1) / 2];
    if (by !== undefined) {
      const share = event.shiftKey ? 200 : 40;
      const to = (value: number, step: number, low: number, high: number): number =>
        Number(Math.min(high, Math.max(low, value + (step * (high - low)) / share)).toPrecision(6));
      onProbe([to(from[0], by[0], x0, x1), to(from[1], by[1], y0, y1)]);
    } else if (event.key === "Enter") onStart(from);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const [nameX, nameY] = contours.chosen ?? contours.variables;
  return (
    <div
      class="landscape"
      ref={room}
      tabIndex={0}
      role="application"
      aria-label={text.descent.plane(`${nameX}, ${nameY}`)}
      style={{ height: `${wide + ROOM.top + ROOM.bottom}px` }}
      onKeyDown={move}
      onPointerDown={(event) => {
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        onStart(back(event));
      }}
      onPointerMove={(event) => {
        onProbe(back(event));
        if (dragging.current) onStart(back(event));
      }}
      onPointerUp={() => { dragging.current = false; }}
      onPointerCancel={() => { dragging.current = false; }}
    >
      <div class="void" style={{ left: `${ROOM.left}px`, top: `${ROOM.top}px`, width: `${wide}px`, height: `${wide}px` }} />
      <canvas ref={canvas} aria-hidden="true" style={{ left: `${ROOM.left}px`, top: `${ROOM.top}px`, width: `${wide}px`, height: `${wide}px` }} />
      <svg width={width} height={wide + ROOM.top + ROOM.bottom} aria-hidden="true">
        <defs>
          <clipPath id="inside"><rect x={ROOM.left} y={ROOM.top} width={wide} height={wide} /></clipPath>
          <marker id="point" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 0L8 4L0 8z" /></marker>
        </defs>
        <g class="contours" transform={`translate(${ROOM.left} ${ROOM.top}) scale(${wide / SIZE})`}>
          {lines.map(({ level, path }) => <path key={level} d={path} vector-effect="non-scaling-stroke" />)}
        </g>
        <g class="heights">
          {lines.map(({ level, label }) => label !== null && <text key={level} x={label[0]} y={label[1]}>{neat(level)}</text>)}
        </g>
        <g class="ticks">
          {ticks(contours.x).map((value) => <text key={value} x={px(value)} y={ROOM.top + wide + 16} text-anchor="middle">{neat(value, 6)}</text>)}
          {ticks(contours.y).map((value) => <text key={value} x={ROOM.left - 6} y={py(value) + 4} text-anchor="end">{neat(value, 6)}</text>)}
        </g>
        <rect class="frame" x={ROOM.left} y={ROOM.top} width={wide} height={wide} />
        <g clip-path="url(#inside)">
          {contours.stationary?.map((point) => {
            const [x, y] = [px(point.x), py(point.y)];
            return (
              <g key={`${point.x} ${point.y}`} class="stationary">
                {point.along !== null && (
                  <path class="along" d={`M${px(point.x - 1e3 * point.along[0])} ${py(point.y - 1e3 * point.along[1])}L${px(point.x + 1e3 * point.along[0])} ${py(point.y + 1e3 * point.along[1])}`} />
                )}
                <path
                  d={
                    point.kind === "minimum" ? `M${x} ${y + 7}l-7 -12h14z`
                    : point.kind === "maximum" ? `M${x} ${y - 7}l7 12h-14z`
                    : point.kind === "saddle" ? `M${x - 6} ${y - 6}l12 12M${x + 6} ${y - 6}l-12 12`
                    : `M${x - 6} ${y}h12`
                  }
                />
                <text x={x + 11} y={y + 4}>{text.descent.kinds[point.kind]}</text>
              </g>
            );
          })}
          {trails.map((points, i) => <path key={`halo${i}`} class="trail halo" d={drawn(points)} />)}
          {trails.map((points, i) => {
            const end = points[points.length - 1];
            return (
              <g key={i}>
                <path class={`trail race${i}`} stroke-dasharray={dashes[i]} d={drawn(points)} />
                {points.length <= MOST_MARKS && points.slice(0, -1).map(([x, y], k) => <Mark key={k} kind={i} x={x} y={y} size={2.4} />)}
                {end !== undefined && <Mark kind={i} x={end[0]} y={end[1]} size={6} />}
              </g>
            );
          })}
          {start !== null && <path class="begin" d={`M${px(start[0])} ${py(start[1]) - 9}v18M${px(start[0]) - 9} ${py(start[1])}h18`} />}
          {probe !== null && (
            <g class="probe">
              <circle cx={px(probe[0])} cy={py(probe[1])} r={3} />
              {arrow !== null && <path d={`M${px(probe[0])} ${py(probe[1])}l${arrow.x} ${arrow.y}`} marker-end="url(#point)" />}
            </g>
          )}
        </g>
      </svg>
    </div>
  );
}
