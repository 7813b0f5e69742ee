import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import type { Frame, Opened } from "./protocol";

/** A weight: its column, its unit there, and the unit of the column before that it comes from. */
export interface Weight {
  layer: number;
  to: number;
  from: number;
}

// A width or an opacity that differs by less is not seen, and drawing it again costs time.
const WIDTHS = 5;
const OPACITIES = 16;

interface Drawn {
  mark: string;
  node: VNode;
}

/**
 * The weights as lines, the wider, the larger. Of a large network hundreds are drawn many times a second: a line that looks as it did is
 * handed on as it was, so that nothing is compared or painted for it.
 */
export function WeightLines({ opened, frame, x, y, tile, classOf, nameOf, onChoose }: {
  opened: Opened;
  frame: Frame | null;
  x: (layer: number) => number;
  y: (unit: number) => number;
  tile: number;
  /** near, lit and such. */
  classOf: (weight: Weight) => string | undefined;
  /** What the pointer is told of a weight. */
  nameOf: (weight: Weight, value: number) => string;
  onChoose: (weight: Weight) => void;
}) {
  const counts = [opened.features.length, ...opened.layers.map((layer) => layer.units)];
  const cache = useRef({ of: null as Opened | null, lines: new Map<string, Drawn>() });
  if (cache.current.of !== opened) cache.current = { of: opened, lines: new Map() };
  const valueOf = ({ layer, to, from }: Weight): number => frame?.weights?.[opened.layers[layer - 1]!.weight]?.[to * counts[layer - 1]! + from] ?? 0;
  // What is kept from an earlier drawing asks here what holds now.
  const now = useRef({ onChoose, name: (_: Weight): string => "" });
  now.current = { onChoose, name: (weight) => nameOf(weight, valueOf(weight)) };

  let largest = 5;
  for (const layer of opened.layers) for (const weight of frame?.weights?.[layer.weight] ?? []) largest = Math.max(largest, Math.abs(weight ?? 0));
  const lines: VNode[] = [];
  for (let layer = 1; layer < counts.length; layer++)
    for (let to = 0; to < counts[layer]!; to++)
      for (let from = 0; from < counts[layer - 1]!; from++) {
        const weight = { layer, to, from };
        const value = valueOf(weight);
        const width = Math.round(WIDTHS * (0.6 + (7 * Math.abs(value)) / largest)) / WIDTHS;
        const opacity = Math.round(OPACITIES * (0.3 + 0.6 * Math.min(1, Math.abs(value)))) / OPACITIES;
        const [x1, y1, x2, y2] = [x(layer - 1) + tile / 2, y(from), x(layer) - tile / 2, y(to)];
        const found = classOf(weight);
        const sign = value < 0 ? "minus" : "plus";
        const key = `${layer} ${to} ${from}`;
        const mark = `${x1} ${y1} ${x2} ${y2} ${width} ${opacity} ${sign} ${found}`;
        let drawn = cache.current.lines.get(key);
        if (drawn?.mark !== mark) {
          const middle = (x1 + x2) / 2;
          const path = `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
          drawn = {
            mark,
            node: (
              <g key={key} class={found} data-weight={key} onClick={() => now.current.onChoose(weight)}>
                <path class={`weight ${sign}`} d={path} stroke-width={width} stroke-opacity={opacity} />
                <path
                  class="touch"
                  d={path}
                  onPointerEnter={(event) => {
                    event.currentTarget.firstElementChild!.textContent = now.current.name(weight);
                  }}
                >
                  <title />
                </path>
              </g>
            ),
          };
          cache.current.lines.set(key, drawn);
        }
        lines.push(drawn.node);
      }
  return <g>{lines}</g>;
}
