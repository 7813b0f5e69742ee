import { Slider } from "../fields";
import { text } from "../text";
import { Corner } from "./Square";
import type { Answer } from "./state";

const SIZE = 400;
const SCALE = 160;
const TILT = (22 * Math.PI) / 180;

/** The cube of three inputs and the planes that cut it, seen from a little above. */
export function Cube({ answer, names, turn, onTurn }: { answer: Answer; names: string[]; turn: number; onTurn: (turn: number) => void }) {
  const angle = (turn * Math.PI) / 180;
  // A across, B into the picture, C up.
  const at = ([a, b, c]: number[]): { x: number; y: number; depth: number } => {
    const [x, y, z] = [a! - 0.5, b! - 0.5, c! - 0.5];
    const [across, into] = [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)];
    return {
      x: SIZE / 2 + SCALE * 1.25 * across,
      y: SIZE / 2 - SCALE * 1.25 * (z * Math.cos(TILT) + into * Math.sin(TILT)),
      depth: into * Math.cos(TILT) - z * Math.sin(TILT),
    };
  };
  const corners = answer.rows.map((row, i) => ({ row, i, ...at(row.input) })).sort((one, other) => other.depth - one.depth);
  const edges = answer.rows.flatMap((row) =>
    [0, 1, 2].filter((axis) => row.input[axis] === 0).map((axis) => [row.input, row.input.map((bit, i) => (i === axis ? 1 : bit))] as const),
  );
  return (
    <>
      <svg class="cube" viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={text.boolean.cube}>
        <defs>
          {[0, 1, 2, 3].map((i) => (
            <pattern key={i} id={`cut${i}`} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform={`rotate(${20 + 45 * i})`}>
              <path class={`trail race${i}`} d="M0 4H8" />
            </pattern>
          ))}
        </defs>
        {edges.map(([from, to], i) => {
          const [one, other] = [at(from), at(to)];
          return <path key={i} class="edge" d={`M${one.x} ${one.y}L${other.x} ${other.y}`} />;
        })}
        {answer.borders!.map((points, unit) => {
          if (points.length < 3) return null;
          const seen = points.map(at);
          const d = `${seen.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${x} ${y}`).join("")}z`;
          const top = seen.reduce((best, point) => (point.y < best.y ? point : best));
          return (
            <g key={unit} class={`cut race${unit % 4}`}>
              <path d={d} fill={`url(#cut${unit % 4})`} />
              <text x={top.x} y={top.y - 6} text-anchor="middle">{names[unit]}</text>
            </g>
          );
        })}
        {corners.map(({ row, i, x, y }) => (
          <Corner key={i} x={x} y={y} wanted={row.wanted === 1} wrong={row.wanted !== row.output} label={row.input.join("")} />
        ))}
      </svg>
      <Slider label={text.boolean.turn} value={turn} shown={`${turn}°`} min={-180} max={180} step={2} onChoose={onTurn} />
    </>
  );
}
