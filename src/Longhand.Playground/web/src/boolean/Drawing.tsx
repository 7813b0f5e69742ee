import { text } from "../text";
import { type Answer, numberOf, readWeights, type Row, signed } from "./state";

const COLUMN = 152;
const LINE = 74;
const RADIUS = 21;
const EDGE = 36;

const shown = (value: number): string => (Number.isInteger(value) ? `${value}` : value.toFixed(2)).replace("-", "−");

/** Inputs, hidden units and output with their weights; with the values of a row where one is open. */
export function Drawing({ answer, row }: { answer: Answer; row: Row | null }) {
  const layers = readWeights(answer.weights);
  const columns: string[][] = [answer.variables, ...layers.map((layer, l) => (l === layers.length - 1 ? [text.boolean.output] : layer.map((_, i) => answer.hidden[i] ?? `h${i + 1}`)))];
  const most = Math.max(...columns.map((column) => column.length));
  const height = most * LINE + 20;
  const width = (columns.length - 1) * COLUMN + 2 * EDGE + 16;
  const x = (column: number): number => EDGE + column * COLUMN;
  const y = (column: number, i: number): number => height / 2 + (i - (columns[column]!.length - 1) / 2) * LINE;
  const valueOf = (column: number, i: number): number | undefined =>
    row === null ? undefined : column === 0 ? row.input[i] : column === columns.length - 1 ? row.output : row.hidden[i];
  return (
    <div>
      <svg class="gates" style={{ maxWidth: `${width}px` }} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={text.boolean.drawing}>
        {layers.map((layer, l) =>
          layer.map((unit, u) =>
            unit.slice(0, -1).map((weight, i) => {
              const size = numberOf(weight);
              if (size === 0) return null;
              const [fromX, fromY, toX, toY] = [x(l), y(l, i), x(l + 1), y(l + 1, u)];
              // Each a little further from the unit, so that the numbers of crossing lines stay apart.
              const share = 0.1 + (0.44 * i) / (unit.length - 1);
              return (
                <g key={`${l} ${u} ${i}`}>
                  <path class={size < 0 ? "weight minus" : "weight plus"} d={`M${fromX} ${fromY}L${toX} ${toY}`} stroke-width={1 + Math.min(3, Math.abs(size))} />
                  <text class="on" x={toX - RADIUS - share * (toX - fromX)} y={toY - (RADIUS / COLUMN + share) * (toY - fromY)}>{signed(weight)}</text>
                </g>
              );
            }),
          ),
        )}
        {columns.map((column, c) =>
          column.map((name, i) => {
            const value = valueOf(c, i);
            return (
              <g key={`${c} ${i}`}>
                <circle class={value !== undefined && value > 0.5 ? "node lit" : "node"} cx={x(c)} cy={y(c, i)} r={RADIUS} />
                <text class="name" x={x(c)} y={y(c, i)}>{value === undefined ? (c === columns.length - 1 ? "y" : name) : shown(value)}</text>
                <text class="note" x={x(c)} y={y(c, i) + RADIUS + 13}>
                  {value === undefined ? "" : `${name} `}
                  {c > 0 && numberOf(layers[c - 1]![i]!.at(-1)!) !== 0 ? `b = ${signed(layers[c - 1]![i]!.at(-1)!)}` : ""}
                </text>
              </g>
            );
          }),
        )}
      </svg>
    </div>
  );
}
