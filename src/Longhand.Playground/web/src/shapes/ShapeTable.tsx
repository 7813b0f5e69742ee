import { useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { Icon } from "../icons";
import { text } from "../text";
import { columns, imageColumns, type LayerSummary, type Numbers, shape, type SummaryAnswer, written } from "./summary";

export interface Change {
  row: number;
  do: "change" | "remove" | "add" | "up" | "down";
  text?: string;
}

interface Props {
  summary: SummaryAnswer;
  /** The text that the rows' places are in. */
  network: string;
  /** The cell whose formula is open, and what it says. */
  open: string | null;
  formula: string[] | null;
  formulaProblem: string | null;
  /** Why the last change of a row was not made. */
  refusal: { row: number; reason: string } | null;
  /** Whether the text is being written anew, so that rows stand for what is past. */
  isStale: boolean;
  onOpen: (cell: string | null) => void;
  onChange: (change: Change) => void;
}

/** The rows of a summary: each layer a field in the notation, each number a button that opens its formula. */
export function ShapeTable({ summary, network, open, formula, formulaProblem, refusal, isStale, onOpen, onChange }: Props) {
  const words = text.shapes;
  const [adding, add] = useState<number | null>(null);
  // One number of the table is in the order of tabs; arrows lead to the others.
  const [current, setCurrent] = useState<[number, string]>([1, "output"]);
  const body = useRef<HTMLTableElement>(null);
  const numbers: Numbers = summary.numbers ?? summary;
  const isImage = summary.input.length === 3 && summary.letters === undefined;
  const shown = columns.filter(({ id }) => isImage || !imageColumns.includes(id));
  const last = summary.layers.length;

  const focus = (row: number, id: string): void => {
    const cell = body.current?.querySelector<HTMLElement>(`[data-cell="${row} ${id}"]`);
    if (cell === null || cell === undefined) return;
    setCurrent([row, id]);
    cell.focus();
  };
  const walk = (event: KeyboardEvent, row: number, id: string): void => {
    const across = ({ ArrowLeft: -1, ArrowRight: 1 } as Record<string, number>)[event.key];
    const down = ({ ArrowUp: -1, ArrowDown: 1 } as Record<string, number>)[event.key];
    if (event.key === "Escape") onOpen(null);
    if (across === undefined && down === undefined) return;
    event.preventDefault();
    if (down !== undefined) {
      for (let to = row + down; to > 0 && to <= last + 1; to += down)
        if (body.current?.querySelector(`[data-cell="${to} ${id}"]`) !== null) return focus(to, id);
      return;
    }
    const ids = shown.map((column) => column.id);
    for (let to = ids.indexOf(id) + across!; to >= 0 && to < ids.length; to += across!)
      if (body.current?.querySelector(`[data-cell="${row} ${ids[to]}"]`) !== null) return focus(row, ids[to]!);
  };

  const cell = (row: number, id: string, name: string, value: string, under = ""): JSX.Element => {
    const key = name === "" ? id : `${name}.${id}`;
    const isNumber = id !== "stored" && id !== "output";
    return (
      <td key={id} class={isNumber ? undefined : "left"}>
        {value !== "" && (
          <button
            type="button"
            data-cell={`${row} ${id}`}
            class="number"
            tabIndex={current[0] === row && current[1] === id ? 0 : -1}
            aria-expanded={open === key}
            aria-label={words.why(`${name === "" ? words.total : name}, ${words.headings[id]}`, value)}
            onFocus={() => setCurrent([row, id])}
            onKeyDown={(event) => walk(event, row, id)}
            onClick={() => onOpen(open === key ? null : key)}
          >
            {value}
            {under !== "" && under !== value && <small>{under}</small>}
          </button>
        )}
      </td>
    );
  };
  const formulaRow = (name: string): JSX.Element | null => {
    const isHere = open !== null && (name === "" ? !open.includes(".") : open.startsWith(`${name}.`));
    if (!isHere) return null;
    return (
      <tr class="why">
        <td colSpan={shown.length + 3}>
          <div role="status">
            <strong>{open}</strong>
            {formulaProblem !== null ? <p>{formulaProblem}</p> : formula?.map((line) => <p key={line} class="math">{line}</p>)}
          </div>
        </td>
      </tr>
    );
  };
  const act = (label: string, icon: string, enabled: boolean, does: () => void): JSX.Element => (
    <button type="button" class="act" data-act={icon} aria-label={label} title={label} disabled={!enabled || isStale} onClick={does}><Icon name={icon} /></button>
  );
  const row = (at: number, layer: LayerSummary | null): JSX.Element[] => {
    const { name, layer: notation, start, end, moves } = summary.rows[at]!;
    const source = start === null || end === null ? null : network.slice(start, end);
    const putIn = layer === null ? null : numbers.layers[at - 1]!;
    return [
      <tr key={name} id={`row-${name}`} data-row={at} class={isStale ? "stale" : undefined}>
        <th scope="row">{name}</th>
        <td class="left">
          {source === null ? (
            <span class="inserted">{notation} <small>{words.inserted}</small></span>
          ) : (
            <input
              type="text"
              key={source}
              value={source}
              size={Math.max(14, Math.min(34, source.length + 1))}
              disabled={isStale}
              spellcheck={false}
              aria-label={layer === null ? words.inputOf : words.layerOf(name)}
              aria-invalid={refusal?.row === at}
              onKeyDown={(event) => {
                if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown") && moves) {
                  event.preventDefault();
                  onChange({ row: at, do: event.key === "ArrowUp" ? "up" : "down" });
                } else if (event.key === "Escape") event.currentTarget.value = source;
              }}
              onChange={(event) => {
                if (event.currentTarget.value.trim() !== source) onChange({ row: at, do: "change", text: event.currentTarget.value });
              }}
            />
          )}
        </td>
        {layer === null
          ? shown.map(({ id }) => <td key={id} class={id === "output" ? "left" : undefined}>{id === "output" ? shape(summary.input) : ""}</td>)
          : shown.map(({ id, text: of }) => cell(at, id, name, of(layer), summary.numbers === undefined ? "" : of(putIn!)))}
        <td class="acts">
          {act(words.up(name), "up", moves && at > 1, () => onChange({ row: at, do: "up" }))}
          {act(words.down(name), "down", moves && at < last, () => onChange({ row: at, do: "down" }))}
          {act(words.addBehind(name), "add", source !== null, () => add(adding === at ? null : at))}
          {act(words.remove(name), "remove", layer !== null && source !== null && last > 1, () => onChange({ row: at, do: "remove" }))}
        </td>
      </tr>,
      refusal?.row === at ? (
        <tr key={`${name} refused`} class="why"><td colSpan={shown.length + 3}><div role="alert" class="refused">{refusal.reason}</div></td></tr>
      ) : null,
      adding === at ? (
        <tr key={`${name} new`} class="new">
          <td />
          <td colSpan={shown.length + 2} class="left">
            <form
              onSubmit={(event) => {
                event.preventDefault();
                const field = event.currentTarget.elements.namedItem("layer") as HTMLInputElement;
                if (field.value.trim() === "") return;
                onChange({ row: at, do: "add", text: field.value });
                add(null);
              }}
            >
              <input
                type="text"
                name="layer"
                ref={(field) => field?.focus()}
                placeholder={words.newLayerExample}
                aria-label={words.newLayer(name)}
                spellcheck={false}
                onKeyDown={(event) => event.key === "Escape" && add(null)}
              />
              <button class="plain">{words.add}</button>
              <button type="button" class="plain" onClick={() => add(null)}>{words.cancel}</button>
            </form>
          </td>
        </tr>
      ) : null,
      layer === null ? null : formulaRow(name),
    ].filter((element): element is JSX.Element => element !== null);
  };

  return (
    <div class="wide">
      <table class="summary" ref={body}>
        <thead>
          <tr>
            <th scope="col" class="left">{words.headings.name}</th>
            <th scope="col" class="left">{words.headings.layer}</th>
            {shown.map(({ id }) => <th key={id} scope="col" class={id === "output" || id === "stored" ? "left" : undefined} title={words.explained[id]}>{words.headings[id]}</th>)}
            <td>{/* what can be done with a row needs no heading */}</td>
          </tr>
        </thead>
        <tbody>
          {row(0, null)}
          {summary.layers.map((layer, i) => row(i + 1, layer))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            <td />
            {shown.map(({ id }) =>
              id === "parameters" || id === "macs"
                ? cell(last + 1, id, "", written(summary[id]), summary.numbers === undefined ? "" : written(numbers[id]))
                : <td key={id} />,
            )}
            <td />
          </tr>
          {formulaRow("")}
        </tfoot>
      </table>
    </div>
  );
}
