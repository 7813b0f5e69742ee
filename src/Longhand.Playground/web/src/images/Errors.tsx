import { useRef, useState } from "preact/hooks";
import { useAnswer } from "../answers";
import type { Scheme } from "../palette";
import type { Client } from "../client";
import type { ImagesOpened } from "../protocol";
import { short } from "../settings";
import { text } from "../text";
import type { Shown } from "./address";
import { fromBase64, inkTable } from "./pixels";
import { Cells } from "./Tile";

const words = text.images;
const IN_PAGE = 40;
// Longer names of classes stand upright over their columns.
const MOST_LETTERS = 3;

interface Judged {
  index: number;
  class: number;
  found: number;
  trueScore: number | null;
  foundScore: number | null;
  loss: number | null;
  picture: string;
}

interface Confusion {
  count: number;
  of: number;
  accuracy: number;
  confusion: number[][];
  wrong: number;
  worst: Judged[];
}

interface Page {
  count: number;
  examples: Judged[];
}

/** Which class is taken for which, and the examples behind each number. */
export function Errors({ client, images, stamp, pause, scheme, shown, onShow }: {
  client: Client;
  images: ImagesOpened;
  /** What the network is: another text has everything asked again. */
  stamp: string;
  pause: number;
  scheme: Scheme;
  shown: Shown;
  onShow: (change: Partial<Shown>) => void;
}) {
  const { answer, of, isCurrent } = useAnswer<Confusion>(client, "confusion", { set: shown.set, worst: 24 }, stamp, pause);
  const pair = /^(\d+)-(\d+)$/.exec(shown.list);
  const listed = shown.list === "worst" ? null : { set: shown.set, first: shown.page * IN_PAGE, count: IN_PAGE, ...(pair === null ? {} : { class: Number(pair[1]), found: Number(pair[2]) }) };
  const list = useAnswer<Page>(client, "pictures", listed, stamp, pause);
  const page = list.answer;
  const name = (c: number): string => images.classes[c] ?? `${c}`;
  const examples = shown.list === "worst" ? (answer?.worst ?? []) : (page?.examples ?? []);
  const count = shown.list === "worst" ? (answer?.wrong ?? 0) : (page?.count ?? 0);
  const pages = shown.list === "worst" ? 1 : Math.max(1, Math.ceil(count / IN_PAGE));
  const isOwn = shown.lines !== null || shown.cells !== null;
  return (
    <section class="errors" aria-labelledby="errors" aria-busy={!isCurrent}>
      <div>
        <h2 id="errors">{words.confusion}</h2>
        <p class="lead">{answer === null ? words.confusionLead : words.checked(answer.count, answer.of, of?.set === "test" ? words.test : words.train, answer.wrong)}</p>
        {answer !== null && <Matrix confusion={answer.confusion} name={name} chosen={shown.list} onChoose={(list) => onShow({ list, page: 0 })} />}
      </div>
      <div>
        <div class="listhead">
          <h2>{pair === null ? (shown.list === "all" ? words.all : words.worst) : words.takenFor(name(Number(pair[1])), name(Number(pair[2])))}</h2>
          <div class="modes" role="group" aria-label={words.list}>
            <button type="button" class={`chip${shown.list === "worst" ? " on" : ""}`} aria-pressed={shown.list === "worst"} onClick={() => onShow({ list: "worst", page: 0 })}>{words.worst}</button>
            <button type="button" class={`chip${shown.list === "all" ? " on" : ""}`} aria-pressed={shown.list === "all"} onClick={() => onShow({ list: "all", page: 0 })}>{words.all}</button>
          </div>
        </div>
        <p class="lead" role="status">{shown.list === "worst" ? words.worstLead(examples.length, count) : words.listLead(count)}</p>
        <ul class="gallery" aria-busy={!isCurrent || (listed !== null && !list.isCurrent)}>
          {examples.map((example) => (
            <li key={example.index}>
              <button
                type="button"
                aria-pressed={!isOwn && shown.example === example.index}
                onClick={() => onShow({ example: example.index, lines: null, cells: null })}
              >
                <Cells bytes={fromBase64(example.picture)} width={images.width} height={images.height} pixel={56 / images.width} colors={inkTable(scheme)} />
                <span class="unseen">{words.thumbnail(example.index + 1, name(example.class), name(example.found))}</span>
                <span class={example.class === example.found ? "" : "mistaken"} aria-hidden="true">{example.class === example.found ? name(example.class) : `${name(example.class)} → ${name(example.found)}`}</span>
                {shown.list === "worst" && <span class="hint">{words.loss(short(example.loss))}</span>}
              </button>
            </li>
          ))}
        </ul>
        {pages > 1 && (
          <div class="pages">
            <button type="button" class="plain" disabled={shown.page === 0} onClick={() => onShow({ page: shown.page - 1 })}>{words.previousPage}</button>
            <span>{words.pageOf(shown.page + 1, pages)}</span>
            <button type="button" class="plain" disabled={shown.page >= pages - 1} onClick={() => onShow({ page: shown.page + 1 })}>{words.nextPage}</button>
          </div>
        )}
      </div>
    </section>
  );
}

/** A row for each class, a column for what it was taken for. The arrows go from number to number. */
function Matrix({ confusion, name, chosen, onChoose }: { confusion: number[][]; name: (c: number) => string; chosen: string; onChoose: (list: string) => void }) {
  const room = useRef<HTMLTableElement>(null);
  const [stop, setStop] = useState<[number, number]>([0, 0]);
  const size = confusion.length;
  const press = (row: number, column: number) => (event: KeyboardEvent): void => {
    const moved = ({ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] } as Record<string, [number, number]>)[event.key];
    if (moved === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next: [number, number] = [Math.max(0, Math.min(size - 1, row + moved[0])), Math.max(0, Math.min(size - 1, column + moved[1]))];
    setStop(next);
    room.current?.querySelector<HTMLElement>(`[data-cell="${next.join("-")}"]`)?.focus();
  };
  return (
    <div class="scroll">
      <table class={`confusion${confusion.some((_, c) => name(c).length > MOST_LETTERS) ? " long" : ""}`} ref={room}>
        <caption>{words.matrixCaption}</caption>
        <thead>
          <tr><td />{confusion.map((_, c) => <th key={c} scope="col">{name(c)}</th>)}</tr>
        </thead>
        <tbody>
          {confusion.map((counts, row) => {
            const sum = counts.reduce((total, n) => total + n, 0);
            return (
              <tr key={row}>
                <th scope="row">{name(row)}</th>
                {counts.map((n, column) => (
                  <td key={column} style={n === 0 ? undefined : { background: `color-mix(in srgb, var(${row === column ? "--high" : "--low"}) ${Math.round(row === column ? 6 + (24 * n) / sum : 14 + (30 * Math.min(1, (4 * n) / sum)))}%, transparent)` }}>
                    <button
                      type="button"
                      data-cell={`${row}-${column}`}
                      class={n === 0 ? "none" : ""}
                      tabIndex={stop[0] === row && stop[1] === column ? 0 : -1}
                      aria-label={words.cellOf(n, name(row), name(column))}
                      aria-pressed={chosen === `${row}-${column}`}
                      onKeyDown={press(row, column)}
                      onClick={() => {
                        setStop([row, column]);
                        onChoose(`${row}-${column}`);
                      }}
                    >
                      {n === 0 ? <span aria-hidden="true">·</span> : n}
                    </button>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
