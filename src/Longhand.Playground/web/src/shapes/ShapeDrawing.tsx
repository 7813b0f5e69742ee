import { text } from "../text";
import { type Count, type Numbers, shape } from "./summary";

interface Block {
  name: string;
  sizes: number[];
}

const HEIGHT = 132;
const FLOOR = 106;
const LARGEST = 84;
const DEPTH = 26;
// The shape's text has to find room below its block.
const LETTER = 6.1;

/** What stands one after the other with other sizes than before; null where sizes are letters. */
function blocks(numbers: Numbers): Block[] | null {
  const all = [{ name: "x", output: numbers.input }, ...numbers.layers];
  const found: Block[] = [];
  for (const { name, output } of all) {
    if (!output.every((size: Count): size is number => typeof size === "number")) return null;
    const last = found[found.length - 1];
    if (last === undefined || shape(last.sizes) !== shape(output)) found.push({ name, sizes: output as number[] });
  }
  return found;
}

/** The network's values as blocks: images with their depth, vectors as bars. */
export function ShapeDrawing({ numbers, onChoose }: { numbers: Numbers; onChoose: (name: string) => void }) {
  const found = blocks(numbers);
  if (found === null) return null;
  const isImage = ({ sizes }: Block): boolean => sizes.length === 3;
  const root = (most: number, size: number, room: number): number => Math.max(3, (room * Math.sqrt(size)) / Math.sqrt(most));
  const largest = Math.max(1, ...found.filter(isImage).flatMap(({ sizes }) => sizes.slice(0, 2)));
  const deepest = Math.max(1, ...found.filter(isImage).map(({ sizes }) => sizes[2]!));
  const longest = Math.max(1, ...found.filter((b) => !isImage(b)).map(({ sizes }) => sizes[0]!));
  let x = 0;
  const placed = found.map((block) => {
    const [h, w, d] = isImage(block)
      ? [root(largest, block.sizes[0]!, LARGEST), root(largest, block.sizes[1]!, LARGEST), root(deepest, block.sizes[2]!, DEPTH)]
      : [root(longest, block.sizes[0]!, LARGEST + DEPTH / 2), 6, 0];
    const label = shape(block.sizes);
    const room = Math.max(w! + d!, label.length * LETTER, block.name.length * LETTER) + 20;
    const at = { ...block, label, h: h!, w: w!, d: d!, x: x + (room - w! - d!) / 2, middle: x + room / 2 };
    x += room;
    return at;
  });
  return (
    <figure class="blocks">
      <div class="wide" tabIndex={0} role="group" aria-label={text.shapes.drawing(placed.map(({ label }) => label).join(", "))}>
        <svg width={x} height={HEIGHT + 22} viewBox={`0 0 ${x} ${HEIGHT + 22}`} aria-hidden="true">
          {placed.map(({ name, label, h, w, d, x: left, middle }, i) => {
            const half = d / 2;
            const top = FLOOR + 14 - h;
            return (
              <g key={i} class="block" onClick={() => onChoose(name)}>
                <title>{`${name}: ${label}`}</title>
                <rect x={middle - 24} y={0} width={48} height={HEIGHT + 20} class="catch" />
                {d > 0 && <path d={`M${left} ${top}l${d} ${-half}h${w}v${h}l${-d} ${half}z`} class="side" />}
                {d > 0 && <path d={`M${left + w} ${top}l${d} ${-half}v${h}l${-d} ${half}z`} class="edge" />}
                <rect x={left} y={top} width={w} height={h} class="front" />
                <text x={middle} y={FLOOR + 31} class="size">{label}</text>
                <text x={middle} y={FLOOR + 46} class="of">{name}</text>
              </g>
            );
          })}
        </svg>
      </div>
      <figcaption class="hint">{text.shapes.drawingNote}</figcaption>
    </figure>
  );
}
