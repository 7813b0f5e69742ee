import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ChoiceOrText, Count, Round } from "./fields";
import { className, letterOf } from "./marks";
import { useScheme } from "./palette";
import type { Client } from "./client";
import type { Frame, Hello, Opened, Within } from "./protocol";
import { type Column, columnsOf, pretty, short, splitFeatures, withLayer, withoutLayer, writeNetwork } from "./settings";
import { Part } from "./rules";
import { text } from "./text";
import { reachOf, Tile } from "./Tile";
import { WeightLines } from "./WeightLines";

/** A unit: layer 0 are the inputs, the last layer the output. */
export interface Place {
  layer: number;
  unit: number;
}

const suggestions = ["x", "y", "x^2", "y^2", "x*y", "sin(x)", "sin(y)"];
const HEAD = 84;
// More weights than this cannot be told apart as lines, nor are their numbers sent.
const MOST_LINES = 5000;

const HISTOGRAM = 20;

/** A unit's picture in a frame; a place behind the last output is that of all outputs together. */
export function mapOf(opened: Opened, frame: Frame | null, features: Uint8Array, place: Place): { bytes: Uint8Array; side: number } {
  const isPlane = opened.bounds !== undefined;
  const size = isPlane ? opened.smallSide ** 2 : HISTOGRAM;
  const side = isPlane ? opened.smallSide : 0;
  if (place.layer === 0) return { bytes: features.subarray(place.unit * size, (place.unit + 1) * size), side };
  if (frame === null) return { bytes: new Uint8Array(size).fill(isPlane ? 127 : 0), side };
  const outputs = opened.layers[opened.layers.length - 1]!.units;
  if (isPlane && place.layer === opened.layers.length && (outputs === 1 || place.unit >= outputs))
    return { bytes: frame.maps.subarray(frame.maps.length - opened.side ** 2), side: opened.side };
  const before = opened.layers.slice(0, place.layer - 1).reduce((sum, layer) => sum + layer.units, 0);
  const start = (before + place.unit) * size;
  return { bytes: frame.maps.subarray(start, start + size), side };
}

/** A feature as a person reads it: a column of a table by its name. */
export function columnOf(opened: Opened, feature: string): string {
  const column = /^x(\d+)$/.exec(feature);
  return (opened.bounds === undefined && column !== null ? opened.columns[Number(column[1]) - 1] : undefined) ?? pretty(feature);
}

export function nameOf(opened: Opened, place: Place): string {
  if (place.layer === 0) return text.input(columnOf(opened, opened.features[place.unit] ?? ""));
  if (place.layer < opened.layers.length) return text.unit(place.layer, place.unit + 1);
  if (opened.layers[opened.layers.length - 1]!.units === 1) return text.output;
  return text.outputOf(opened.classes ? className(opened.classNames, place.unit) : `${place.unit + 1}`);
}

/** Whether an operation is on the units of a column, rather than on the weights in front of it. */
function isAt(operation: Within | undefined, layer: number): boolean {
  return operation !== undefined && operation.layer === layer && !operation.map && operation.kind !== "update";
}

/** What goes through the weights: forward to the right, a gradient to the left, an update through all at once. */
function Travel({ operation, counts, x, y, tile }: {
  operation: Within;
  counts: number[];
  x: (layer: number) => number;
  y: (unit: number) => number;
  tile: number;
}) {
  if (!operation.map && operation.kind !== "update") return null;
  const paths = [];
  for (let l = 1; l < counts.length; l++) {
    if (operation.kind !== "update" && operation.layer !== l) continue;
    for (let to = 0; to < counts[l]!; to++)
      for (let from = 0; from < counts[l - 1]!; from++) {
        const [x1, y1, x2, y2] = [x(l - 1) + tile / 2, y(from), x(l) - tile / 2, y(to)];
        const middle = (x1 + x2) / 2;
        paths.push(<path key={`${l} ${to} ${from}`} d={`M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`} pathLength={1} />);
      }
  }
  // Another key is another start of the motion.
  return <g key={`${operation.example} ${operation.operation} ${operation.kind}`} class={`travel ${operation.kind}`}>{paths}</g>;
}

/** For a view that reads the network instead of building it: what is lit in the drawing, and what a click on it means. */
export interface Reading {
  /** By place: "u 1 0" unit 0 of layer 1, "w 1 0 2" its weight from unit 2 of the layer before, "b 1 0" its bias, "L" the loss. */
  lit: ReadonlyMap<string, "chosen" | "source" | "user">;
  onPlace: (place: string) => void;
}

/** The network: inputs at the left, a column for each layer, weights as lines. */
export function NetworkView({ client, hello, opened, frame, features, chosen, onChoose, reading, operation, below }: {
  client: Client;
  hello: Hello;
  opened: Opened;
  frame: Frame | null;
  features: Uint8Array;
  chosen: Place | null;
  onChoose: (place: Place | null) => void;
  reading?: Reading;
  /** What has just gone through the network. */
  operation?: Within | undefined;
  /** What stands under a column, 0 being the inputs, and how high it is. */
  below?: { height: number; column: (layer: number) => ComponentChildren } | undefined;
}) {
  const room = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(600);
  const above = reading === undefined ? HEAD : 14;
  const scheme = useScheme();
  useLayoutEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(entry!.contentRect.width));
    watch.observe(room.current!);
    return () => watch.disconnect();
  }, []);

  const counts = [opened.features.length, ...opened.layers.map((layer) => layer.units)];
  const most = Math.max(...counts);
  const tile = most > 12 ? 28 : width < 520 ? 38 : width > 1100 ? 56 : 46;
  const gap = most > 12 ? 8 : width > 1100 ? 18 : 14;
  const inner = Math.max(width, counts.length * (reading === undefined ? 104 : 84));
  const drawn = opened.layers.reduce((sum, layer, l) => sum + layer.units * counts[l]!, 0) <= MOST_LINES;
  // Room at the left for the longest name of an input.
  const margin = Math.max(36, Math.min(120, 14 + 7 * Math.max(...opened.features.map((feature) => columnOf(opened, feature).length))));
  const x = (layer: number): number => tile / 2 + margin + ((inner - tile - margin - 36) * layer) / (counts.length - 1);
  const y = (unit: number): number => above + tile / 2 + unit * (tile + gap);
  const bottom = above + most * (tile + gap) + 8;
  const height = bottom + (below?.height ?? 0);
  const columns = columnsOf(opened.layers);
  const { settings } = opened;

  const restructure = (change: (columns: Column[]) => Column[]): void => {
    onChoose(null);
    client.open((now) => ({ ...now.settings, network: writeNetwork(now.features.length, change(columnsOf(now.layers))) }));
  };
  const refeature = (change: (list: string[]) => string[]): void => {
    onChoose(null);
    client.open((now) => {
      const columns = now.columns.map((_, i) => `x${i + 1}`);
      const before = now.settings.features === "all" ? columns : splitFeatures(now.settings.features);
      // What has been clicked twice is there once, and what is the last one stays.
      const found = [...new Set(change(before))];
      const list = found.length > 0 ? found : before;
      return { ...now.settings, features: now.bounds === undefined && list.join() === columns.join() ? "all" : list.join(", "), network: writeNetwork(list.length, columnsOf(now.layers)) };
    });
  };
  const isPlane = opened.bounds !== undefined;
  // What counts is the layer that is there by then: behind one that was taken away meanwhile there is only the output.
  const resize = (layer: number, units: (now: number) => number): void =>
    restructure((all) => all.map((c, i) => (i === layer && i < all.length - 1 ? { ...c, units: Math.max(1, units(c.units)) } : c)));
  const activate = (layer: number, activation: string): void => {
    const isOutput = layer === opened.layers.length - 1;
    restructure((all) => all.map((c, i) => ((isOutput ? i === all.length - 1 : i === layer && i < all.length - 1) ? { ...c, activation } : c)));
  };
  const listed = settings.features === "all" ? opened.columns.map((_, i) => `x${i + 1}`) : splitFeatures(settings.features);
  // Columns may be called anything; what can be computed with is x1, x2, …
  const suggested = isPlane ? suggestions : opened.columns.map((_, i) => `x${i + 1}`);
  const away = suggested.filter((feature) => !listed.includes(feature));
  const shown = (feature: string): string => (isPlane ? pretty(feature) : columnOf(opened, feature));

  const move = (event: KeyboardEvent, place: Place): void => {
    const by: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = by[event.key];
    if (step === undefined || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const layer = Math.min(counts.length - 1, Math.max(0, place.layer + step[0]));
    const unit = Math.min(counts[layer]! - 1, Math.max(0, place.unit + step[1]));
    room.current?.querySelector<HTMLElement>(`[data-place="${layer} ${unit}"]`)?.focus();
  };

  return (
    <div class="network" ref={room}>
      {reading === undefined && <div class="layers">
        <Round name="layers" label={text.removeLayer} disabled={columns.length < 2} onClick={() => restructure(withoutLayer)}>−</Round>
        <span aria-live="polite">{text.layers(columns.length - 1)}</span>
        <Round name="layers" label={text.addLayer} onClick={() => restructure(withLayer)}>+</Round>
      </div>}
      <div class="sheet" tabIndex={inner > width ? 0 : -1} role={inner > width ? "region" : undefined} aria-label={inner > width ? text.drawing : undefined}>
        <div class="drawing" style={{ width: `${inner}px`, height: `${height}px` }}>
          <svg width={inner} height={height} aria-hidden="true">
            {drawn && <WeightLines
              opened={opened}
              frame={frame}
              x={x}
              y={y}
              tile={tile}
              classOf={({ layer, to, from }) => {
                const mark = reading?.lit.get(`w ${layer} ${to} ${from}`);
                if (mark !== undefined) return `lit ${mark}`;
                return chosen !== null && ((chosen.layer === layer && chosen.unit === to) || (chosen.layer === layer - 1 && chosen.unit === from)) ? "near" : undefined;
              }}
              nameOf={({ layer, to, from }, value) => `${nameOf(opened, { layer: layer - 1, unit: from })} → ${nameOf(opened, { layer, unit: to })}: ${short(value, 4)}`}
              onChoose={({ layer, to, from }) => (reading === undefined ? onChoose({ layer, unit: to }) : reading.onPlace(`w ${layer} ${to} ${from}`))}
            />}
            {drawn && operation !== undefined && <Travel operation={operation} counts={counts} x={x} y={y} tile={tile} />}
          </svg>
          {reading !== undefined && (
            <>
              {opened.layers.map((layer, l) => layer.bias !== null && Array.from({ length: layer.units }, (_, u) => (
                <button
                  key={`${l} ${u}`}
                  type="button"
                  class={`bias ${reading.lit.get(`b ${l + 1} ${u}`) ?? ""}`}
                  tabIndex={-1}
                  aria-label={text.ledger.biasOf(nameOf(opened, { layer: l + 1, unit: u }))}
                  title={`${text.ledger.biasOf(nameOf(opened, { layer: l + 1, unit: u }))}: ${short(frame?.weights?.[layer.bias!]?.[u], 4)}`}
                  style={{ left: `${x(l + 1) - tile / 2 - 9}px`, top: `${y(u) + tile / 2 - 9}px` }}
                  onClick={() => reading.onPlace(`b ${l + 1} ${u}`)}
                >
                  b
                </button>
              )))}
              <button
                type="button"
                class={`loss ${reading.lit.get("L") ?? ""}`}
                aria-label={text.loss}
                title={text.loss}
                style={{ left: `${x(counts.length - 1) + tile / 2 + 9}px`, top: `${y(0) - 12}px` }}
                onClick={() => reading.onPlace("L")}
              >
                L
              </button>
            </>
          )}
          {reading === undefined && <div class="head" style={{ left: `${x(0)}px` }}><strong>{text.features}</strong></div>}
          {reading === undefined && opened.layers.map((layer, l) => (
            <div key={l} class="head" style={{ left: `${x(l + 1)}px` }}>
              {l < opened.layers.length - 1 ? (
                <div class="units">
                  <Round name="layers" label={text.removeUnit(l + 1)} disabled={layer.units < 2} onClick={() => resize(l, (units) => units - 1)}>−</Round>
                  <Count name="layers" label={text.units(l + 1)} value={layer.units} onChoose={(units) => resize(l, () => units)} />
                  <Round name="layers" label={text.addUnit(l + 1)} onClick={() => resize(l, (units) => units + 1)}>+</Round>
                </div>
              ) : (
                <div class="units"><strong>{text.output}</strong></div>
              )}
              <ChoiceOrText
                name="activation"
                label={l < opened.layers.length - 1 ? text.layerActivation(l + 1) : text.outputActivation}
                value={layer.activation || "identity"}
                choices={hello.activations}
                hint={text.activationHint}
                onChoose={(activation) => activate(l, activation)}
              />
            </div>
          ))}
          {counts.map((count, l) =>
            Array.from({ length: count }, (_, u) => {
              const place = { layer: l, unit: u };
              const isChosen = chosen?.layer === l && chosen.unit === u;
              return (
                <button
                  key={`${l} ${u}`}
                  type="button"
                  class={`unit ${reading?.lit.get(`u ${l} ${u}`) ?? (isAt(operation, l) ? "reached" : frame?.problemLayer === l && l > 0 ? "culprit" : "")}`}
                  data-place={`${l} ${u}`}
                  aria-pressed={reading === undefined ? isChosen : reading.lit.get(`u ${l} ${u}`) === "chosen"}
                  aria-label={nameOf(opened, place)}
                  title={opened.bounds === undefined ? text.reach(nameOf(opened, place), short(reachOf(mapOf(opened, frame, features, place).bytes))) : nameOf(opened, place)}
                  style={{ left: `${x(l) - tile / 2}px`, top: `${y(u) - tile / 2}px`, width: `${tile}px`, height: `${tile}px` }}
                  onClick={() => (reading === undefined ? onChoose(isChosen ? null : place) : reading.onPlace(`u ${l} ${u}`))}
                  onKeyDown={(event) => move(event, place)}
                >
                  <Tile opened={opened} {...mapOf(opened, frame, features, place)} scheme={scheme} discrete={l === counts.length - 1 && count === 1 && settings.discretize === "true"} />
                  {l === 0 && <span class="feature">{columnOf(opened, opened.features[u]!)}</span>}
                  {l === counts.length - 1 && count > 1 && <span class="winner" aria-hidden="true">{opened.classes ? letterOf(u) : u + 1}</span>}
                </button>
              );
            }),
          )}
          {below !== undefined && counts.map((_, l) => <div key={l} class="below" style={{ left: `${x(l)}px`, top: `${bottom}px` }}>{below.column(l)}</div>)}
        </div>
      </div>
      {reading === undefined && <Part name="features">
      <div class="more" data-unpictured>
        <span class="label">{text.features}</span>
        {listed.length > 1 && listed.map((feature) => (
          <button key={feature} type="button" class="chip on" aria-label={text.remove(shown(feature))} title={text.remove(shown(feature))} onClick={() => refeature((list) => list.filter((other) => other !== feature))}>
            {shown(feature)} <span aria-hidden="true">×</span>
          </button>
        ))}
        {away.map((feature) => (
          <button key={feature} type="button" class="chip" aria-label={`${text.addFeature}: ${shown(feature)}`} onClick={() => refeature((list) => [...list, feature])}>
            <span aria-hidden="true">+</span> {shown(feature)}
          </button>
        ))}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const field = event.currentTarget.elements.namedItem("feature") as HTMLInputElement;
            const written = field.value.trim();
            if (written !== "") refeature((list) => [...list, written]);
            field.value = "";
          }}
        >
          <input name="feature" type="text" aria-label={text.addFeature} placeholder={isPlane ? text.featureExample : "x1*x2"} spellcheck={false} />
          <button type="submit" class="chip">{text.add}</button>
        </form>
      </div>
      </Part>}
      <p class="hint">{!drawn ? text.tooManyLines : reading === undefined ? text.lineHint : text.ledger.drawingHint}</p>
    </div>
  );
}
