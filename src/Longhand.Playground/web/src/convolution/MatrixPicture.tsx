import { useEffect, useRef } from "preact/hooks";
import { text } from "../text";
import { lowered, valueOf } from "./grids";

export interface MatrixAnswer {
  rows: number;
  columns: number;
  /** For each row its places: column and weight. */
  entries: [number, number][][];
  weights: string[];
  times: number[];
  nonzeros: number;
  inSymbols: boolean | null;
  largestDifference: number;
}

// A larger matrix is a picture: its numbers could not be read anyway.
const MOST_CELLS = 1000;

// Pixels of its longer side.
const ROOM = 460;

interface Props {
  matrix: MatrixAnswer;
  /** Whether it is the transpose. */
  isBackward: boolean;
  row: number;
  /** The weight whose places are to be seen; null for none. */
  weight: number | null;
  onRow: (row: number) => void;
  onWeight: (weight: number | null) => void;
}

/** A convolution's matrix, the present row marked, and every place of one weight. */
export function MatrixPicture(props: Props) {
  return props.matrix.rows * props.matrix.columns <= MOST_CELLS ? <MatrixTable {...props} /> : <MatrixCanvas {...props} />;
}

function MatrixTable({ matrix, isBackward, row: current, weight, onRow, onWeight }: Props) {
  const [to, from] = isBackward ? ["∂x", "∂y"] : ["y", "x"];
  const strongest = Math.max(...matrix.weights.map((w) => Math.abs(valueOf(w))));
  return (
    <div class="wide" tabIndex={0} role="group" aria-label={text.convolution.matrix}>
      <table class={`matrix${matrix.columns > 20 ? " many" : ""}`}>
        <thead>
          <tr>
            <td />
            {Array.from({ length: matrix.columns }, (_, j) => <th key={j} scope="col">{from}{lowered(j + 1)}</th>)}
          </tr>
        </thead>
        <tbody>
          {matrix.entries.map((places, i) => {
            const at = new Map(places);
            return (
              <tr key={i} class={i === current ? "current" : undefined} aria-current={i === current} onPointerEnter={(event) => event.pointerType === "mouse" && onRow(i)} onClick={() => onRow(i)}>
                <th scope="row">{to}{lowered(i + 1)}</th>
                {Array.from({ length: matrix.columns }, (_, j) => {
                  const w = at.get(j);
                  if (w === undefined) return <td key={j} class="none">·</td>;
                  const value = valueOf(matrix.weights[w]!);
                  const share = strongest > 0 ? Math.round((30 * Math.abs(value)) / strongest) : 0;
                  return (
                    <td
                      key={j}
                      class={w === weight ? "same" : "there"}
                      style={`background: color-mix(in srgb, var(${value < 0 ? "--low" : "--high"}) ${share}%, var(--ground))`}
                      onPointerEnter={() => onWeight(w)}
                      onPointerLeave={() => onWeight(null)}
                    >
                      {matrix.weights[w]!.replace("-", "−")}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function MatrixCanvas({ matrix, row, weight, onRow }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const side = Math.max(2, Math.min(10, Math.floor(ROOM / Math.max(matrix.columns, matrix.rows))));
  const [width, height] = [matrix.columns * side, matrix.rows * side];

  useEffect(() => {
    const to = canvas.current!;
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    const draw = (): void => {
      const density = Math.min(3, devicePixelRatio);
      to.width = width * density;
      to.height = height * density;
      const context = to.getContext("2d")!;
      context.scale(density, density);
      const style = getComputedStyle(to);
      const colour = (name: string): string => style.getPropertyValue(name);
      context.fillStyle = colour("--raised");
      context.fillRect(0, 0, width, height);
      context.fillStyle = colour("--line");
      context.fillRect(0, row * side, width, side);
      const gap = side > 3 ? 1 : 0;
      matrix.entries.forEach((places, i) => {
        for (const [j, w] of places) {
          const value = valueOf(matrix.weights[w]!);
          if (value === 0) continue;
          context.fillStyle = w === weight ? colour("--text") : colour(value < 0 ? "--low" : "--high");
          context.fillRect(j * side, i * side, side - gap, side - gap);
          // A negative weight is hollow, so that its sign does not hang on its colour.
          if (value < 0 && side > 3 && w !== weight) {
            context.fillStyle = colour(i === row ? "--line" : "--raised");
            context.fillRect(j * side + side / 3, i * side + side / 3, side / 3, side / 3);
          }
        }
      });
    };
    draw();
    scheme.addEventListener("change", draw);
    return () => scheme.removeEventListener("change", draw);
  }, [matrix, row, weight, side]);

  return (
    <div class="wide" tabIndex={0} role="group" aria-label={text.convolution.matrix}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={text.convolution.matrixPicture(matrix.rows, matrix.columns, row + 1)}
        style={`width:${width}px;height:${height}px`}
        onPointerMove={(event) => event.pointerType === "mouse" && onRow(Math.min(matrix.rows - 1, Math.max(0, Math.floor(event.offsetY / side))))}
        onClick={(event) => onRow(Math.min(matrix.rows - 1, Math.max(0, Math.floor(event.offsetY / side))))}
      />
      <p class="hint">{text.convolution.matrixLegend}</p>
    </div>
  );
}
