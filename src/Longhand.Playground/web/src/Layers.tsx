import type { Opened } from "./protocol";
import { short } from "./settings";
import { text } from "./text";

/** How one column of units does. */
export interface LayerStatistics {
  gradient: number | null;
  weights: number | null;
  signal: number | null;
  mean: number | null;
  spread: number | null;
  flat: number | null;
  dead: number | null;
}

export interface Statistics {
  examples: number;
  layers: LayerStatistics[];
}

/** Powers of ten from one end of the bars to the other. */
const DECADES = 8;

const percent = (value: number | null): string => (value === null ? "—" : `${Math.round(100 * value)} %`);

/** Where a number lies on the bars: 1 for the largest of all columns, 0 for what is smaller by eight powers of ten. */
function place(value: number | null, all: (number | null)[]): number {
  const top = Math.ceil(Math.log10(Math.max(...all.map((v) => v ?? 0), 1e-300)));
  return value === null || value <= 0 ? 0 : Math.max(0, Math.min(1, 1 - (top - Math.log10(value)) / DECADES));
}

/** The figures of one column, under it in the drawing. */
export function LayerBars({ statistics, layer }: { statistics: Statistics; layer: number }) {
  const own = statistics.layers[layer];
  if (own === undefined) return null;
  const gradients = statistics.layers.map(({ gradient }) => gradient);
  const [mean, spread] = [own.mean ?? 0, own.spread ?? 0];
  // Mean and spread on a scale from −2 to 2.
  const x = (value: number): number => 50 + 25 * Math.max(-2, Math.min(2, value));
  return (
    <div class="bars" aria-hidden="true">
      <span class="track"><i style={{ width: `${100 * place(own.gradient, gradients)}%` }} /></span>
      <small>{short(own.gradient, 2)}</small>
      <span class="track"><i class="spread" style={{ left: `${x(mean - spread)}%`, width: `${x(mean + spread) - x(mean - spread)}%` }} /><i class="mean" style={{ left: `${x(mean)}%` }} /></span>
      <small>{short(own.mean, 2)} ± {short(own.spread, 2)}</small>
      <span class="track"><i class="flat" style={{ width: `${100 * (own.flat ?? 0)}%` }} /><i class="dead" style={{ width: `${100 * (own.dead ?? 0)}%` }} /></span>
      <small>{own.flat === null ? "—" : percent(own.flat)}</small>
    </div>
  );
}

/** What the bars are called, under the column of the inputs. */
export function LayerNames() {
  return (
    <div class="bars names" aria-hidden="true">
      <span>{text.time.gradient}</span><small>{text.time.decades(DECADES)}</small>
      <span>{text.time.given}</span><small>{text.time.givenScale}</small>
      <span>{text.time.flat}</span><small>{text.time.flatScale}</small>
    </div>
  );
}

/** The same figures as a table. */
export function LayerTable({ opened, statistics }: { opened: Opened; statistics: Statistics }) {
  const names = opened.layers.map((_, l) => (l === opened.layers.length - 1 ? text.output : text.time.layer(l + 1)));
  const rows: [string, (layer: LayerStatistics) => string][] = [
    [text.time.gradientNorm, ({ gradient }) => short(gradient)],
    [text.time.weightNorm, ({ weights }) => short(weights)],
    [text.time.signal, ({ signal }) => short(signal)],
    [text.time.mean, ({ mean }) => short(mean)],
    [text.time.spread, ({ spread }) => short(spread)],
    [text.time.flat, ({ flat }) => percent(flat)],
    [text.time.dead, ({ dead }) => percent(dead)],
  ];
  return (
    <div class="tables" tabIndex={0} role="region" aria-label={text.time.statistics}>
      <table>
        <caption>{text.time.sample(statistics.examples)}</caption>
        <thead><tr><td />{names.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}><th scope="row">{name}</th>{statistics.layers.map((layer, l) => <td key={l}>{value(layer)}</td>)}</tr>
          ))}
        </tbody>
      </table>
      <p class="hint">{text.time.flatMeans}</p>
    </div>
  );
}
