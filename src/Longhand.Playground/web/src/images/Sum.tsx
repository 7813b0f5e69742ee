import { useState } from "preact/hooks";
import { type Scheme, table } from "../palette";
import type { ImagesOpened } from "../protocol";
import { short } from "../settings";
import { text } from "../text";
import { Cells } from "./Tile";

/** A number of a layer with what it was computed from. */
export interface Pixel {
  at: string;
  value: number | null;
  kind: "input" | "planes" | "terms" | "max" | "mean" | "element";
  layer?: string;
  source?: number;
  /** Where the patch lies; outside of the map in its padding. */
  rows?: number[];
  columns?: number[];
  channel?: number;
  height?: number;
  width?: number;
  planes?: { channel: number; patch: (number | null)[]; kernel: (number | null)[]; sum: number | null }[];
  terms?: { index: number; read: number | null; weight: number | null; product: number | null }[];
  bias?: number | null;
  others?: number;
  othersSum?: number | null;
  patch?: (number | null)[];
  winner?: [number, number] | null;
  winners?: number[];
  counted?: number;
  read?: number | null;
  slope?: number | null;
}

const words = text.images;
// More planes than these are shown when they are asked for, those that count most before.
const MOST_PLANES = 8;
// Larger patches are shown as pictures: nobody reads so many numbers.
const MOST_NUMBERS = 36;

/** Few digits: the numbers of a grid are compared at a glance. */
export function brief(value: number | null): string {
  if (value === null) return "—";
  const size = Math.abs(value);
  if (size === 0) return "0";
  const written = size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toFixed(2);
  return (/[1-9]/.test(written) ? written : written.replace("-", "")).replace("-", "−");
}

/** In a sum: the sign apart from the number. */
const added = (value: number | null | undefined): string => `${(value ?? 0) < 0 ? "−" : "+"} ${short(value == null ? null : Math.abs(value), 4)}`;

function Grid({ label, numbers, width, scheme, largest, missing, winner }: {
  label: string;
  numbers: (number | null)[];
  width: number;
  scheme: Scheme;
  largest: number;
  /** Places that lie in the padding. */
  missing: (index: number) => boolean;
  winner?: number | undefined;
}) {
  const height = numbers.length / width;
  const strength = (value: number | null): string => `${Math.round(38 * Math.min(1, Math.abs(value ?? 0) / (largest || 1)))}%`;
  if (numbers.length > MOST_NUMBERS) {
    const bytes = numbers.map((value) => (value === null ? 255 : Math.round(127 + (127 * value) / (largest || 1))));
    return (
      <figure class="numbers">
        <Cells bytes={bytes} width={width} height={height} pixel={Math.max(3, Math.floor(84 / width))} colors={table(scheme, false)} />
        <figcaption>{label}</figcaption>
      </figure>
    );
  }
  return (
    <figure class="numbers">
      <table aria-label={label}>
        <tbody>
          {Array.from({ length: height }, (_, row) => (
            <tr key={row}>
              {Array.from({ length: width }, (_, column) => {
                const at = row * width + column;
                const value = numbers[at]!;
                return (
                  <td
                    key={column}
                    class={`${missing(at) ? "padding" : ""}${winner === at ? " winner" : ""}`}
                    style={missing(at) ? undefined : { background: `color-mix(in srgb, var(${(value ?? 0) < 0 ? "--low" : "--high"}) ${strength(value)}, transparent)` }}
                  >
                    {value === null ? "" : brief(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <figcaption>{label}</figcaption>
    </figure>
  );
}

/** Patch × kernel = sum for one number of a map. */
export function Sum({ images, pixel, refusal, scheme, name, ledger }: {
  images: ImagesOpened;
  pixel: Pixel | null;
  refusal: string | null;
  scheme: Scheme;
  /** What is pointed at, in words. */
  name: string | null;
  /** Where its working is written in full. */
  ledger: string | null;
}) {
  const [showsAll, showAll] = useState(false);
  if (name === null) return <p class="sum lead">{words.pointAt}</p>;
  if (refusal !== null) return <p class="sum lead" role="status">{refusal}</p>;
  if (pixel === null) return <div class="sum"><h3>{name}</h3></div>;
  const source = pixel.source === undefined ? null : images.columns[pixel.source]!;
  const { rows = [], columns = [] } = pixel;
  const isPadding = (at: number): boolean => {
    if (source === null || !source.image) return false;
    const [row, column] = [rows[Math.floor(at / columns.length)], columns[at % columns.length]];
    return row === undefined || column === undefined || row < 0 || row >= source.height || column < 0 || column >= source.width;
  };
  const most = (list: (number | null)[][]): number => list.flat().reduce<number>((found, value) => Math.max(found, Math.abs(value ?? 0)), 0);
  const planes = pixel.planes ?? [];
  const order = planes.map((_, i) => i).sort((a, b) => Math.abs(planes[b]!.sum ?? 0) - Math.abs(planes[a]!.sum ?? 0));
  const shown = showsAll || planes.length <= MOST_PLANES ? planes.map((_, i) => i) : order.slice(0, MOST_PLANES).sort((a, b) => a - b);
  const hidden = planes.filter((_, i) => !shown.includes(i));
  const rest = hidden.reduce((sum, plane) => sum + (plane.sum ?? 0), 0) + (pixel.othersSum ?? 0);
  const countHidden = hidden.length + (pixel.others ?? 0);
  const patches = most(planes.map(({ patch }) => patch));
  const kernels = most(planes.map(({ kernel }) => kernel));
  const patchName = (channel: number): string => (source === null ? "" : source.channels === 1 ? source.name : words.mapShort(source.name, channel + 1));
  return (
    <div class="sum">
      <h3>
        {name} <span class="value" data-testid="value">= {short(pixel.value, 4)}</span>
        {ledger !== null && <a href={ledger}>{words.ledger}</a>}
      </h3>
      {pixel.kind === "input" && <p class="hint">{words.isInput}</p>}
      {pixel.kind === "element" && (
        <p class="formula">{pixel.layer}({short(pixel.read, 4)}) = {short(pixel.value, 4)}<span class="hint"> {words.slope(short(pixel.slope, 4))}</span></p>
      )}
      {planes.length > 0 && (
        <>
          <ul class="products">
            {shown.map((i) => {
              const { channel, patch, kernel, sum } = planes[i]!;
              return (
                <li key={channel}>
                  <Grid label={patchName(channel)} numbers={patch} width={pixel.width!} scheme={scheme} largest={patches} missing={isPadding} />
                  <span class="sign">×</span>
                  <Grid label={words.kernel} numbers={kernel} width={pixel.width!} scheme={scheme} largest={kernels} missing={() => false} />
                  <span class="sign">=</span>
                  <strong>{short(sum, 4)}</strong>
                </li>
              );
            })}
          </ul>
          {planes.length > MOST_PLANES && (
            <button type="button" class="chip" aria-pressed={showsAll} onClick={() => showAll(!showsAll)}>{showsAll ? words.fewerPlanes : words.allPlanes(planes.length)}</button>
          )}
          <p class="formula">
            {shown.map((i, k) => (k === 0 ? short(planes[i]!.sum, 4) : added(planes[i]!.sum))).join(" ")}
            {countHidden > 0 && <> {added(rest)} <span class="hint">({words.others(countHidden)})</span></>}
            {pixel.bias != null && <> {added(pixel.bias)} <span class="hint">({text.bias})</span></>} = <strong data-testid="sum">{short(pixel.value, 4)}</strong>
          </p>
        </>
      )}
      {pixel.terms !== undefined && (
        <>
          <ul class="terms">
            {pixel.terms.map(({ index, read, weight, product }) => (
              <li key={index}><span class="hint">{words.unit(source?.name ?? "", index + 1)}</span> {brief(read)} × {brief(weight)} = {brief(product)}</li>
            ))}
          </ul>
          <p class="formula">
            {words.allTerms}{(pixel.others ?? 0) > 0 && <> {added(pixel.othersSum)} <span class="hint">({words.others(pixel.others!)})</span></>}
            {pixel.bias != null && <> {added(pixel.bias)} <span class="hint">({text.bias})</span></>} = <strong data-testid="sum">{short(pixel.value, 4)}</strong>
          </p>
        </>
      )}
      {(pixel.kind === "max" || pixel.kind === "mean") && (
        <div class="products">
          <div class="one">
            <Grid
              label={patchName(pixel.channel!)}
              numbers={pixel.patch!}
              width={pixel.width!}
              scheme={scheme}
              largest={most([pixel.patch!])}
              missing={isPadding}
              winner={pixel.winner == null ? undefined : pixel.winner[0] * pixel.width! + pixel.winner[1]}
            />
            <p class="formula">{pixel.kind === "max" ? words.largest : words.mean(pixel.counted ?? 1)} = <strong data-testid="sum">{short(pixel.value, 4)}</strong></p>
          </div>
        </div>
      )}
    </div>
  );
}
