import { useEffect, useRef, useState } from "preact/hooks";
import { Choice } from "./fields";
import type { Client } from "./client";
import { text } from "./text";

interface Seen {
  columns: string[];
  rows: string[][];
  data?: string;
  examples?: number;
  classes?: string[];
  notes?: string[];
}

const PAUSE = 200;

type Use = "input" | "target" | "ignore";

/** A table that is pasted, dropped or opened: which column is what, its first rows, and what is wrong with it. */
export function CsvDialog({ client, onClose, onTake }: { client: Client; onClose: () => void; onTake: (line: string) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [pasted, setPasted] = useState("");
  const [uses, setUses] = useState<Use[]>([]);
  const [header, setHeader] = useState("auto");
  const [missing, setMissing] = useState("error");
  const [kind, setKind] = useState("auto");
  const [seen, setSeen] = useState<Seen | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // What is taken is what has been chosen, not what was chosen when it was last looked at.
  const asked = JSON.stringify([pasted, header, missing, kind, uses]);
  const [answered, setAnswered] = useState("");
  const [isOver, setOver] = useState(false);

  useEffect(() => dialog.current?.showModal(), []);

  // A new table is looked at first; then, as its columns are chosen, what would come of it.
  useEffect(() => {
    let isOld = false;
    if (pasted.trim() === "") {
      setSeen(null);
      setProblem(null);
      return;
    }
    const numbers = (use: Use): number[] => uses.flatMap((one, i) => (one === use ? [i] : []));
    const chosen = uses.length > 0 ? { target: numbers("target"), ignore: numbers("ignore"), missing, as: kind } : {};
    const look = (): void =>
      void client.ask<Seen>("csv", { text: pasted, header, ...chosen }).then(
        (answer) => {
          if (isOld) return;
          setProblem(null);
          setSeen(answer);
          setAnswered(asked);
          if (answer.columns.length !== uses.length) setUses(answer.columns.map((_, i) => (i === answer.columns.length - 1 ? "target" : "input")));
        },
        (error: Error) => {
          if (isOld) return;
          setProblem(error.message.replace(/^csv, text: /, ""));
          setSeen((before) => (before === null || uses.length === 0 ? null : { columns: before.columns, rows: before.rows }));
        },
      );
    // Not at every letter that is typed.
    const timer = setTimeout(look, PAUSE);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [pasted, header, missing, kind, uses]);

  const take = (written: string): void => {
    if (written === pasted) return;
    setUses([]);
    setSeen(null);
    setPasted(written);
  };
  const readFile = async (file: File | undefined): Promise<void> => {
    if (file !== undefined) take(await file.text());
  };
  return (
    <dialog
      ref={dialog}
      class={`csv ${isOver ? "over" : ""}`}
      aria-labelledby="csv"
      onClose={onClose}
      onDragOver={(event) => { event.preventDefault(); setOver(true); }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => { event.preventDefault(); setOver(false); void readFile(event.dataTransfer?.files[0]); }}
    >
      <h2 id="csv">{text.csvTitle}</h2>
      <p>{text.csvLead}</p>
      <textarea aria-label={text.csvText} placeholder={text.csvExample} rows={6} spellcheck={false} value={pasted} onInput={(event) => take(event.currentTarget.value)} />
      <label class="file">
        <span>{text.csvFile}</span>
        <input type="file" accept=".csv,.tsv,.txt,text/csv" onChange={(event) => void readFile(event.currentTarget.files?.[0])} />
      </label>
      {problem !== null && <p class="problem" role="alert">{problem}</p>}
      {seen !== null && (
        <>
          <div class="preview" tabIndex={0} role="region" aria-label={text.csvPreview}>
            <table>
              <thead>
                <tr>{seen.columns.map((column, i) => <th key={i} scope="col">{column}</th>)}</tr>
                <tr>
                  {seen.columns.map((column, i) => (
                    <td key={i}>
                      <select aria-label={text.csvUse(column)} value={uses[i] ?? "input"} onChange={(event) => { const use = event.currentTarget.value as Use; setUses((all) => all.map((other, j) => (j === i ? use : other))); }}>
                        {(["input", "target", "ignore"] as Use[]).map((use) => <option key={use} value={use}>{text.csvUses[use]}</option>)}
                      </select>
                    </td>
                  ))}
                </tr>
              </thead>
              <tbody>{seen.rows.map((row, r) => <tr key={r}>{row.map((field, i) => <td key={i} class={uses[i] === "ignore" ? "ignored" : undefined}>{field}</td>)}</tr>)}</tbody>
            </table>
          </div>
          <div class="csvoptions">
            <Choice label={text.csvHeader} value={header} choices={text.csvHeaders} onChoose={setHeader} />
            <Choice label={text.csvMissing} value={missing} choices={text.csvMissings} onChoose={setMissing} />
            <Choice label={text.csvAs} value={kind} choices={text.csvKinds} onChoose={setKind} />
          </div>
          {seen.examples !== undefined && <p class="hint" role="status">{text.csvWill(seen.examples, seen.classes ?? [])} {seen.notes?.join(" ")}</p>}
        </>
      )}
      <div class="dialogactions">
        <button type="button" class="plain" onClick={() => dialog.current?.close()}>{text.cancel}</button>
        <button type="button" class="plain strong" disabled={seen?.data === undefined || problem !== null || answered !== asked} onClick={() => onTake(seen!.data!)}>{text.csvTake}</button>
      </div>
    </dialog>
  );
}
