import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { text } from "../text";
import { type Answer, numberOf, readWeights, type Unit } from "./state";

const LOW = -0.5;
const HIGH = 1.5;
const ROOM = { left: 30, bottom: 30, top: 8, right: 8 };
const HATCH = 11;
const HATCH_GAP = 9;
const STEP = 0.1;
const TURN = Math.PI / 36;

/** A mark of what is wanted: a disc for 1, a square for 0, ringed where the network says otherwise. */
export function Corner({ x, y, wanted, wrong, label }: { x: number; y: number; wanted: boolean; wrong: boolean; label?: string }) {
  return (
    <g class="corner">
      {wrong && <circle class="ring" cx={x} cy={y} r={13} />}
      {wanted ? <circle class="yes" cx={x} cy={y} r={7} /> : <rect class="no" x={x - 6.3} y={y - 6.3} width={12.6} height={12.6} />}
      {label !== undefined && <text x={x + 12} y={y - 11}>{label}</text>}
    </g>
  );
}

/** The unit square of two inputs: where the output is true, and each unit's line, which can be dragged. */
export function Square({ answer, weights, names, onUnit }: {
  answer: Answer;
  /** The weights as they are asked for: those that are drawn may be older. */
  weights: string;
  names: string[];
  onUnit: (unit: number, change: (before: Unit) => Unit) => void;
}) {
  const room = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(380);
  const drag = useRef<{ unit: number; pivot: [number, number] | null; normal: [number, number] } | null>(null);
  useLayoutEffect(() => {
    const watch = new ResizeObserver(() => setWidth(room.current!.clientWidth));
    watch.observe(room.current!);
    return () => watch.disconnect();
  }, []);
  useLayoutEffect(() => {
    const { side } = answer;
    const bytes = Uint8Array.from(atob(answer.region!), (c) => c.charCodeAt(0));
    const target = canvas.current!;
    target.width = target.height = side;
    const pen = target.getContext("2d")!;
    const image = pen.createImageData(side, side);
    bytes.forEach((byte, i) => {
      // The tint's strength is the style sheet's.
      image.data.set([64, 140, 210, byte === 1 ? 255 : 0], 4 * i);
    });
    pen.putImageData(image, 0, 0);
  }, [answer]);
  const wide = Math.max(100, width - ROOM.left - ROOM.right);
  const px = (x: number): number => ROOM.left + ((x - LOW) / (HIGH - LOW)) * wide;
  const py = (y: number): number => ROOM.top + ((HIGH - y) / (HIGH - LOW)) * wide;
  const back = (event: PointerEvent): [number, number] => {
    const box = room.current!.getBoundingClientRect();
    return [LOW + ((event.clientX - box.left - ROOM.left) / wide) * (HIGH - LOW), HIGH - ((event.clientY - box.top - ROOM.top) / wide) * (HIGH - LOW)];
  };
  const unitsOf = (text: string): Unit[] => readWeights(text)[0]!.map((unit) => unit.map(numberOf) as Unit);
  const units = unitsOf(answer.weights);
  const move = (event: PointerEvent): void => {
    const held = drag.current;
    if (held === null) return;
    const [x, y] = back(event);
    if (held.pivot === null) {
      const [a, b] = held.normal;
      onUnit(held.unit, () => [a, b, -(a * x + b * y)]);
      return;
    }
    // Through the end that stays and the one that is held; as long as before, and on the same side.
    const [dx, dy] = [x - held.pivot[0], y - held.pivot[1]];
    const length = Math.hypot(dx, dy);
    if (length < 0.05) return;
    const size = Math.hypot(...held.normal);
    const sign = -dy * held.normal[0] + dx * held.normal[1] >= 0 ? 1 : -1;
    const [a, b] = [(-dy / length) * size * sign, (dx / length) * size * sign];
    const bias = -(a * held.pivot[0] + b * held.pivot[1]);
    held.normal = [a, b];
    onUnit(held.unit, () => [a, b, bias]);
  };
  const press = (event: KeyboardEvent, unit: number): void => {
    const by = ({ ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 } as Record<string, number>)[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.shiftKey) {
      onUnit(unit, ([a, b, bias]) => [a, b, bias + STEP * by]);
      return;
    }
    const [cos, sin] = [Math.cos(TURN * by), Math.sin(TURN * by)];
    onUnit(unit, ([a, b, bias]) => {
      // About its point that is nearest to the middle of the square.
      const off = (a / 2 + b / 2 + bias) / (a * a + b * b);
      const [c, d] = [a * cos - b * sin, a * sin + b * cos];
      return [c, d, -(c * (0.5 - off * a) + d * (0.5 - off * b))];
    });
  };
  const grip = (unit: number, pivot: [number, number] | null) => (event: PointerEvent): void => {
    const [a, b] = unitsOf(weights)[unit]!;
    drag.current = { unit, pivot, normal: [a, b] };
    room.current!.setPointerCapture(event.pointerId);
    event.stopPropagation();
  };
  return (
    <div class="halves" ref={room} style={{ height: `${wide + ROOM.top + ROOM.bottom}px` }} onPointerMove={move} onPointerUp={() => { drag.current = null; }} onPointerCancel={() => { drag.current = null; }}>
      <canvas ref={canvas} aria-hidden="true" style={{ left: `${ROOM.left}px`, top: `${ROOM.top}px`, width: `${wide}px`, height: `${wide}px` }} />
      <svg width={width} height={wide + ROOM.top + ROOM.bottom} role="group" aria-label={text.boolean.square(answer.variables[0]!, answer.variables[1]!)}>
        <defs><clipPath id="square"><rect x={ROOM.left} y={ROOM.top} width={wide} height={wide} /></clipPath></defs>
        <rect class="frame" x={ROOM.left} y={ROOM.top} width={wide} height={wide} />
        <g class="ticks">
          {[0, 1].map((value) => <text key={`x${value}`} x={px(value)} y={ROOM.top + wide + 16} text-anchor="middle">{value}</text>)}
          {[0, 1].map((value) => <text key={`y${value}`} x={ROOM.left - 8} y={py(value) + 4} text-anchor="end">{value}</text>)}
          <text class="axis" x={ROOM.left + wide - 4} y={ROOM.top + wide + 18} text-anchor="end">{answer.variables[0]}</text>
          <text class="axis" x={ROOM.left - 8} y={ROOM.top + 12} text-anchor="end">{answer.variables[1]}</text>
        </g>
        <g clip-path="url(#square)">
          {answer.borders!.map((points, unit) => {
            if (points.length !== 2) return null;
            const [a, b, bias] = units[unit]!;
            const [from, to] = points.map((point): [number, number] => [px(point[0]!), py(point[1]!)]) as [[number, number], [number, number]];
            const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
            const along = [(to[0] - from[0]) / length, (to[1] - from[1]) / length] as const;
            const size = Math.hypot(a, b);
            // Downwards on the screen is downwards in B.
            const side = [(a / size) * HATCH, (-b / size) * HATCH] as const;
            let hatch = "";
            for (let at = HATCH_GAP / 2; at < length; at += HATCH_GAP) hatch += `M${from[0] + along[0] * at} ${from[1] + along[1] * at}l${side[0] + along[0] * 5} ${side[1] + along[1] * 5}`;
            const end = (share: number): [number, number] => [points[0]![0]! + share * (points[1]![0]! - points[0]![0]!), points[0]![1]! + share * (points[1]![1]! - points[0]![1]!)];
            const label = end(0.5);
            return (
              <g
                key={unit}
                class={`border race${unit % 4}`}
                tabindex={0}
                role="slider"
                aria-label={text.boolean.border(names[unit]!)}
                aria-valuenow={bias}
                aria-valuemin={-1000000}
                aria-valuemax={1000000}
                aria-valuetext={`${a} ${answer.variables[0]} + ${b} ${answer.variables[1]} + ${bias} = 0`}
                onKeyDown={(event) => press(event, unit)}
              >
                <path class="hatch" d={hatch} />
                <path class="line" d={`M${from[0]} ${from[1]}L${to[0]} ${to[1]}`} />
                <path class="hold" d={`M${from[0]} ${from[1]}L${to[0]} ${to[1]}`} onPointerDown={grip(unit, null)} />
                {([[0.18, 0.82], [0.82, 0.18]] as const).map(([own, other]) => {
                  const [x, y] = end(own);
                  return <circle key={own} class="end" cx={px(x)} cy={py(y)} r={6} onPointerDown={grip(unit, end(other))} />;
                })}
                <text x={px(label[0]) - 1.9 * side[0]} y={py(label[1]) - 1.9 * side[1] + 4} text-anchor="middle">{names[unit]}</text>
              </g>
            );
          })}
        </g>
        {answer.rows.map((row, i) => (
          <Corner key={i} x={px(row.input[0]!)} y={py(row.input[1]!)} wanted={row.wanted === 1} wrong={row.wanted !== row.output} />
        ))}
      </svg>
    </div>
  );
}
