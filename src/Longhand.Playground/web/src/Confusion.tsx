import { useEffect, useState } from "preact/hooks";
import { useAnswer } from "./answers";
import { Choice } from "./fields";
import type { Client } from "./client";
import type { Frame, Opened } from "./protocol";
import { short } from "./settings";
import { text } from "./text";

interface ClassScore {
  name: string;
  precision: number | null;
  recall: number | null;
  f1: number | null;
  support: number;
}

interface SetMetrics {
  examples: number;
  loss: number | null;
  accuracy?: number | null;
  macro?: { precision: number | null; recall: number | null; f1: number | null };
  classes?: ClassScore[];
  confusion?: number[][];
  mae?: number | null;
  rmse?: number | null;
  r2?: number | null;
}

interface Metrics {
  train: SetMetrics;
  test?: SetMetrics;
  /** The class of each example, those of training first, and what it was taken for. */
  truth?: number[];
  found?: number[];
}

/** Which examples of one set, of one class, were taken for which. */
export interface Cell {
  set: "train" | "test";
  truth: number;
  taken: number;
}

/** How long it waits before a network that trains is measured again, in milliseconds. */
const PAUSE = 150;

const share = (value: number | null | undefined): string => (value === null || value === undefined ? "—" : `${(100 * value).toFixed(1)} %`);

/** The examples of a cell, as the page counts them: those of training first. */
function examplesOf(cell: Cell, metrics: Metrics, opened: Opened): Set<number> {
  const marked = new Set<number>();
  if (metrics.found === undefined) return marked;
  const from = cell.set === "train" ? 0 : opened.trained;
  const end = cell.set === "train" ? opened.trained : metrics.found.length;
  for (let i = from; i < end; i++) if (metrics.truth?.[i] === cell.truth && metrics.found[i] === cell.taken) marked.add(i);
  return marked;
}

/** How the network does on both sets: for classes the confusion and what follows from it, for values their errors. */
export function Confusion({ client, opened, frame, onMark }: {
  client: Client;
  opened: Opened;
  frame: Frame | null;
  onMark: (marked: Set<number> | null, isTest: boolean) => void;
}) {
  const [chosenSet, setChosenSet] = useState<"train" | "test">("test");
  const [cell, setCell] = useState<Cell | null>(null);
  const metrics = useAnswer<Metrics>(client, "metrics", frame === null ? null : {}, frame, PAUSE).answer;
  // Which examples a cell has is another matter behind each step.
  useEffect(() => {
    onMark(cell === null || metrics === null ? null : examplesOf(cell, metrics, opened), cell?.set === "test");
  }, [cell, cell === null ? null : metrics]);
  useEffect(() => () => onMark(null, false), []);
  if (metrics === null) return <p class="lead">{text.time.counting}</p>;
  const set = metrics[chosenSet] === undefined ? "train" : chosenSet;
  const shown = metrics[set]!;
  const names = (shown.classes ?? []).map(({ name }) => name.replace(/^-/, "−"));
  return (
    <div class="metrics">
      <Choice
        label={text.time.set}
        value={set}
        choices={[["train", text.time.trainSet], ...(metrics.test === undefined ? [] : [["test", text.time.testSet] as [string, string]])]}
        onChoose={(value) => {
          setChosenSet(value as "train" | "test");
          setCell(null);
        }}
      />
      {shown.confusion === undefined ? (
        <dl class="figures">
          <div><dt>{text.time.mae}</dt><dd>{short(shown.mae, 4)}</dd></div>
          <div><dt>{text.time.rmse}</dt><dd>{short(shown.rmse, 4)}</dd></div>
          <div><dt>R²</dt><dd>{short(shown.r2, 4)}</dd></div>
        </dl>
      ) : (
        <>
          <dl class="figures">
            <div><dt>{text.time.accuracy}</dt><dd>{share(shown.accuracy)}</dd></div>
            <div><dt>{text.time.macro}</dt><dd>{short(shown.macro?.f1)}</dd></div>
          </dl>
          <p class="hint">{text.time.confusionLead}</p>
          <div class="tables" tabIndex={0} role="region" aria-label={text.time.confusion}>
            <table class="confusion" aria-label={text.time.confusion}>
              <thead>
                <tr><td />{names.map((name) => <th key={name} scope="col">{name}</th>)}</tr>
              </thead>
              <tbody>
                {shown.confusion.map((row, truth) => {
                  const all = row.reduce((sum, count) => sum + count, 0);
                  return (
                    <tr key={truth}>
                      <th scope="row">{names[truth]}</th>
                      {row.map((count, taken) => {
                        const isChosen = cell !== null && cell.set === set && cell.truth === truth && cell.taken === taken;
                        return (
                          <td key={taken}>
                            <button
                              type="button"
                              class={truth === taken ? "counted right" : "counted"}
                              style={{ "--share": `${all === 0 ? 0 : Math.round((100 * count) / all)}%` }}
                              aria-pressed={isChosen}
                              aria-label={text.time.cell(count, names[truth]!, names[taken]!)}
                              title={text.time.cell(count, names[truth]!, names[taken]!)}
                              onClick={() => setCell(isChosen ? null : { set, truth, taken })}
                            >
                              {count}
                            </button>
                          </td>
                        );
                      })}
                    </tr>
                  );
                })}
              </tbody>
            </table>
            <table>
              <caption>{text.time.perClass}</caption>
              <thead>
                <tr><td /><th scope="col">{text.time.precision}</th><th scope="col">{text.time.recall}</th><th scope="col">F₁</th><th scope="col">{text.time.support}</th></tr>
              </thead>
              <tbody>
                {shown.classes!.map(({ precision, recall, f1, support }, i) => (
                  <tr key={names[i]}><th scope="row">{names[i]}</th><td>{short(precision)}</td><td>{short(recall)}</td><td>{short(f1)}</td><td>{support}</td></tr>
                ))}
              </tbody>
            </table>
          </div>
          <p class="hint">{cell === null ? text.time.cellHint : text.time.marked}</p>
        </>
      )}
    </div>
  );
}
