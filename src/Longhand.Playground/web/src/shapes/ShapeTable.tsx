import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { Icon } from "../icons";
import { text } from "../text";
import type { Edits, Refused } from "./edits";
import { LayerField } from "./LayerField";
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
  refusal: Refused | null;
  /** What becomes of rows. */
  edits: Edits;
  /** Whether the text cannot be read, so that the table is that of an older one. */
  isStale: boolean;
  /** Whether the text is being written anew, so that rows stand for what is past. */
  isPast: boolean;
  onOpen: (cell: string | null) => void;
  /** Asks for a change; false where it was refused. */
  onChange: (change: Change) => Promise<boolean>;
  /** Gives up a change that was refused. */
  onGiveUp: () => void;
}

/** The rows of a summary: each layer a field in the notation, each number a button that opens its formula. */
export function ShapeTable({ summary, network, open, formula, formulaProblem, refusal, edits, isStale, isPast, onOpen, onChange, onGiveUp }: Props) {
  const words = text.shapes;
  // The row behind which a layer is being written, as the text had it then; and what is in the field to begin with.
  const [adding, add] = useState<{ network: string; row: number; written: string } | null>(null);
  const newLayer = useRef<HTMLInputElement>(null);
  // One number of the table is in the order of tabs; arrows lead to the others.
  const [current, setCurrent] = useState<[number, string]>([1, "output"]);
  const body = useRef<HTMLTableElement>(null);
  const numbers: Numbers = summary.numbers ?? summary;
  const isImage = summary.input.length === 3 && summary.letters === undefined;
  const shown = columns.filter(({ id }) => isImage || !imageColumns.includes(id));
  const last = summary.layers.length;
  const rowNow = (of: { network: string; row: number }): number => Math.min(last, edits.follow(of.row, of.network, network) ?? of.row);
  const refusedAt = refusal === null ? null : rowNow(refusal);
  // A row is the same one in the next table, though it may have another name and place there: what is being typed in it stays.
  const known = useRef<{ network: string; keys: number[]; next: number }>({ network: "", keys: [], next: 0 });
  if (known.current.network !== network || known.current.keys.length !== summary.rows.length) {
    const { network: before, keys, next } = known.current;
    const isEdited = edits.leads(before, network);
    const kept = new Map(keys.map((key, i) => [isEdited ? edits.follow(i, before, network) : i, key]));
    const now = summary.rows.map((_, i) => kept.get(i) ?? next + i);
    known.current = { network, keys: now, next: next + summary.rows.length };
    if (adding !== null) Object.assign(adding, { row: rowNow(adding), network });
  }

  const addingAt = adding === null ? null : rowNow(adding);

  useLayoutEffect(() => newLayer.current?.focus(), [adding]);
  // Rows that change places may take the field with them, and its focus away.
  const isWriting = newLayer.current !== null && document.activeElement === newLayer.current;
  useLayoutEffect(() => {
    if (isWriting) newLayer.current?.focus();
  }, [network]);

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
      <tr key="why" class="why">
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
    <button type="button" class="act" data-act={icon} aria-label={label} title={label} disabled={!enabled || isPast} onClick={does}><Icon name={icon} /></button>
  );
  const row = (at: number, layer: LayerSummary | null): JSX.Element[] => {
    const { name, layer: notation, start, end, moves } = summary.rows[at]!;
    const source = start === null || end === null ? null : network.slice(start, end);
    const putIn = layer === null ? null : numbers.layers[at - 1]!;
    return [
      <tr key={known.current.keys[at]} id={`row-${name}`} data-row={at} class={isStale ? "stale" : undefined}>
        <th scope="row">{name}</th>
        <td class="left">
          {source === null ? (
            <span class="inserted">{notation} <small>{words.inserted}</small></span>
          ) : (
            <LayerField
              key={source}
              label={layer === null ? words.inputOf : words.layerOf(name)}
              source={source}
              kept={(refusedAt === at ? refusal!.typed : undefined) ?? edits.typed(at, network)}
              isRefused={refusedAt === at}
              disabled={isPast}
              onFinish={(written) => void onChange({ row: at, do: "change", text: written })}
              onMove={(to) => moves && void onChange({ row: at, do: to })}
              onGiveUp={onGiveUp}
            />
          )}
        </td>
        {layer === null
          ? shown.map(({ id }) => <td key={id} class={id === "output" ? "left" : undefined}>{id === "output" ? shape(summary.input) : ""}</td>)
          : shown.map(({ id, text: of }) => cell(at, id, name, of(layer), summary.numbers === undefined ? "" : of(putIn!)))}
        <td class="acts">
          {act(words.up(name), "up", moves && at > 1, () => void onChange({ row: at, do: "up" }))}
          {act(words.down(name), "down", moves && at < last, () => void onChange({ row: at, do: "down" }))}
          {act(words.addBehind(name), "add", source !== null, () => add(addingAt === at ? null : { network, row: at, written: "" }))}
          {act(words.remove(name), "remove", layer !== null && source !== null && last > 1, () => void onChange({ row: at, do: "remove" }))}
        </td>
      </tr>,
      refusedAt === at ? (
        <tr key="refused" class="why"><td colSpan={shown.length + 3}><div role="alert" class="refused">{refusal!.reason}</div></td></tr>
      ) : null,
      addingAt === at ? (
        <tr key="new" class="new">
          <td />
          <td colSpan={shown.length + 2} class="left">
            <form
              onSubmit={(event) => {
                event.preventDefault();
                const field = event.currentTarget.elements.namedItem("layer") as HTMLInputElement;
                if (field.value.trim() === "") return;
                const written = field.value;
                add(null);
                // What was refused is there again, to be mended.
                void onChange({ row: at, do: "add", text: written }).then((isMade) => { if (!isMade) add((other) => other ?? { network, row: at, written }); });
              }}
            >
              <input
                type="text"
                name="layer"
                ref={newLayer}
                defaultValue={adding!.written}
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
          {[...row(0, null), ...summary.layers.flatMap((layer, i) => row(i + 1, layer))]}
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
