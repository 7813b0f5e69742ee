import { useRef, useState } from "preact/hooks";
import { text } from "../text";
import { type Plane, readPlane, valueOf } from "./grids";

export type Mark = "" | "in" | "at" | "same";

interface Props {
  label: string;
  plane: Plane;
  /** Rows and columns of zeros around it: top, left, bottom, right. */
  ring?: [number, number, number, number];
  /** How a cell is marked; in the ring positions are negative or beyond the plane. */
  mark: (row: number, column: number) => Mark;
  /** What a shade of full strength stands for. */
  strongest: number;
  /** For numbers that are given. */
  onEdit?: (row: number, column: number, cell: string) => void;
  onPaste?: (plane: Plane) => void;
  /** Whether they stand for what is past, so that nothing can be typed yet. */
  isPast?: boolean;
  /** For numbers that are computed: which one is shown, and another is chosen. */
  chosen?: [number, number] | null;
  onChoose?: (row: number, column: number) => void;
  onPoint?: (row: number, column: number, isOver: boolean) => void;
}

/** Numbers in rows and columns: to be typed, or to be chosen. Arrows lead from one to the next. */
export function NumberGrid({ label, plane, ring = [0, 0, 0, 0], mark, strongest, onEdit, onPaste, isPast = false, chosen, onChoose, onPoint }: Props) {
  const table = useRef<HTMLTableElement>(null);
  const last = useRef<[number, number]>([0, 0]);
  // What is being typed: an answer that comes meanwhile draws the grid anew, and must not take it away.
  const [draft, write] = useState<{ at: string; written: string } | null>(null);
  const [top, left, bottom, right] = ring;
  const [rows, columns] = [plane.length, plane[0]?.length ?? 0];
  const tabbed: [number, number] = chosen ?? [Math.min(last.current[0], rows - 1), Math.min(last.current[1], columns - 1)];

  const focus = (row: number, column: number): boolean => {
    const cell = table.current?.querySelector<HTMLElement>(`[data-at="${row},${column}"]`);
    if (cell === null || cell === undefined) return false;
    cell.focus();
    return true;
  };
  const walk = (event: KeyboardEvent, row: number, column: number): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const field = event.currentTarget instanceof HTMLInputElement ? event.currentTarget : null;
    // Within a number that is being typed, left and right first move through it.
    const whole = field === null || (field.selectionStart === 0 && field.selectionEnd === field.value.length);
    const step =
      event.key === "ArrowUp" ? [-1, 0]
      : event.key === "ArrowDown" || (event.key === "Enter" && field !== null) ? [1, 0]
      : event.key === "ArrowLeft" && (whole || field.selectionEnd === 0) ? [0, -1]
      : event.key === "ArrowRight" && (whole || field.selectionStart === field.value.length) ? [0, 1]
      : null;
    if (step === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (!focus(row + step[0]!, column + step[1]!) && event.key === "Enter") field?.blur();
  };
  const shade = (cell: string): string | undefined => {
    const share = strongest > 0 ? valueOf(cell) / strongest : 0;
    if (share === 0) return undefined;
    return `background: color-mix(in srgb, var(${share > 0 ? "--high" : "--low"}) ${Math.round(30 * Math.min(1, Math.abs(share)))}%, var(--ground))`;
  };
  const all = (count: number, before: number, after: number): number[] => Array.from({ length: before + count + after }, (_, i) => i - before);

  return (
    <table class={`cells${columns > 10 ? " many" : ""}`} ref={table}>
      <caption>{label}</caption>
      <tbody>
        {all(rows, top, bottom).map((i) => (
          <tr key={i}>
            {all(columns, left, right).map((j) => {
              const cell = plane[i]?.[j];
              if (cell === undefined) return <td key={j} class={`pad ${mark(i, j)}`} aria-hidden="true">0</td>;
              const isTabbed = tabbed[0] === i && tabbed[1] === j;
              const over = onPoint === undefined ? {} : { onPointerEnter: () => onPoint(i, j, true), onPointerLeave: () => onPoint(i, j, false) };
              return (
                <td key={j} class={mark(i, j)} style={shade(cell)} {...over}>
                  {onEdit !== undefined ? (
                    <input
                      type="text"
                      inputMode="text"
                      data-at={`${i},${j}`}
                      aria-label={text.convolution.cell(label, i + 1, j + 1)}
                      value={draft?.at === `${i},${j}` ? draft.written : cell}
                      readOnly={isPast}
                      maxLength={16}
                      tabIndex={isTabbed ? 0 : -1}
                      onFocus={(event) => {
                        last.current = [i, j];
                        event.currentTarget.select();
                        onPoint?.(i, j, true);
                      }}
                      onBlur={() => {
                        write(null);
                        onPoint?.(i, j, false);
                      }}
                      onKeyDown={(event) => walk(event, i, j)}
                      onInput={(event) => write({ at: `${i},${j}`, written: event.currentTarget.value })}
                      onChange={(event) => {
                        write(null);
                        onEdit(i, j, event.currentTarget.value.trim().replace(/[\s,;|]/g, "") || "0");
                      }}
                      onPaste={(event) => {
                        const pasted = readPlane(event.clipboardData?.getData("text/plain") ?? "");
                        if (onPaste === undefined || isPast || pasted.flat().length < 2) return;
                        event.preventDefault();
                        write(null);
                        onPaste(pasted);
                      }}
                    />
                  ) : (
                    <button
                      type="button"
                      data-at={`${i},${j}`}
                      aria-label={text.convolution.value(label, i + 1, j + 1, cell)}
                      aria-pressed={chosen?.[0] === i && chosen[1] === j}
                      tabIndex={isTabbed ? 0 : -1}
                      onFocus={() => onChoose?.(i, j)}
                      onPointerEnter={(event) => event.pointerType === "mouse" && onChoose?.(i, j)}
                      onClick={() => onChoose?.(i, j)}
                      onKeyDown={(event) => walk(event, i, j)}
                    >
                      {cell}
                    </button>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
