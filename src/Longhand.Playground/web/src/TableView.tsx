import { useEffect, useState } from "preact/hooks";
import { useAnswer } from "./answers";
import { Choice } from "./fields";
import { className, Mark } from "./marks";
import { useScheme } from "./palette";
import type { Client } from "./client";
import type { Frame, Opened } from "./protocol";
import { short } from "./settings";
import { text } from "./text";

interface Row {
  input: (number | null)[];
  output: (number | null)[];
  target?: (number | null)[];
  class?: number;
  decided?: number;
  shares?: (number | null)[];
}

interface Predictions {
  part: string;
  parts: { name: string; count: number }[];
  from: number;
  rows: Row[];
}

const ROWS = 12;
const MOST_COLUMNS = 6;
const PAUSE = 700;

/** What the network says of the examples of a table, which lie in no plane. */
export function TableView({ client, opened, frame }: { client: Client; opened: Opened; frame: Frame | null }) {
  // Where none is chosen, the server's: the test part where there is one.
  const [part, setPart] = useState<string | null>(null);
  const [from, setFrom] = useState(0);
  const scheme = useScheme();
  const given = { ...(part === null ? {} : { part }), from, count: ROWS };
  // While it runs, the table is of a moment not long ago.
  const stamp = `${opened.link} ${frame?.epoch} ${frame?.batch} ${frame?.train.loss}`;
  const { answer: shown, problem, isCurrent } = useAnswer<Predictions>(client, "predictions", given, stamp, frame?.running ? PAUSE : 0);

  // A part that there is no more is not chosen any longer.
  useEffect(() => {
    if (problem !== null && isCurrent) setPart(null);
  }, [problem, isCurrent]);

  if (shown === null) return null;
  const count = shown.parts.find(({ name }) => name === shown.part)?.count ?? 0;
  const columns = opened.columns.slice(0, MOST_COLUMNS);
  const isCut = opened.columns.length > MOST_COLUMNS;
  return (
    <div class="predictions">
      <div class="tables" tabIndex={0} role="region" aria-label={text.predictions}>
        <table>
          <caption>{text.predictionsOf(shown.from + 1, shown.from + shown.rows.length, count)}</caption>
          <thead>
            <tr>
              <th scope="col" class={opened.classes ? "class" : undefined}>{text.target}</th>
              <th scope="col" class={opened.classes ? "class" : undefined}>{text.output}</th>
              {columns.map((column) => <th key={column} scope="col">{column}</th>)}
              {isCut && <th scope="col">…</th>}
            </tr>
          </thead>
          <tbody>
            {shown.rows.map((row, i) => (
              <tr key={i}>
                {row.class === undefined ? (
                  <>
                    <td>{row.target?.map((value) => short(value)).join(", ")}</td>
                    <td>{row.output.map((value) => short(value)).join(", ")}</td>
                  </>
                ) : (
                  <>
                    <td class="class"><Mark label={row.class} scheme={scheme} /> {className(opened.classNames, row.class)}</td>
                    <td class={row.decided === row.class ? "class" : "class wrong"}>
                      {row.decided === undefined ? "—" : <><span aria-hidden="true">{row.decided === row.class ? "✓" : "✗"}</span><span class="unseen">{row.decided === row.class ? text.right : text.wrong}</span> {className(opened.classNames, row.decided)} {row.shares !== undefined && <small>{`${Math.round(100 * (row.shares[row.decided] ?? 0))} %`}</small>}</>}
                    </td>
                  </>
                )}
                {columns.map((_, c) => <td key={c}>{short(row.input[c], 3)}</td>)}
                {isCut && <td>…</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="pages">
        <Choice label={text.part} value={part ?? shown.part} choices={shown.parts.map(({ name, count: size }): [string, string] => [name, text.parts[name]!(size)])} onChoose={(name) => { setFrom(0); setPart(name); }} />
        <button type="button" class="plain" disabled={from === 0} onClick={() => setFrom((now) => Math.max(0, now - ROWS))}>{text.previous}</button>
        <button type="button" class="plain" disabled={from + ROWS >= count} onClick={() => setFrom((now) => now + ROWS)}>{text.next}</button>
      </div>
    </div>
  );
}
