import "./bench.css";
import "./Shapes.css";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Figure } from "../Figure";
import { readRest, writeRest } from "../address";
import { useAnswer } from "../answers";
import { Choice, Entry, Optional } from "../fields";
import { Collapsed } from "../shapes/Collapsed";
import { type Refused, useEdits } from "../shapes/edits";
import { presets } from "../shapes/presets";
import { ShapeDrawing } from "../shapes/ShapeDrawing";
import { type Change, ShapeTable } from "../shapes/ShapeTable";
import { bytes, type Numbers, shape, type SummaryAnswer, written } from "../shapes/summary";
import { text } from "../text";
import type { ViewProps } from "../views";

interface State {
  network: string;
  batch: string;
  dtype: string;
  optimizer: string;
  set: string;
  why: string;
}

const usual: State = { network: presets.course!, batch: "1", dtype: "f32", optimizer: "sgd lr=0.1", set: "", why: "" };

// The arrow of an address: it needs no code there, and no layer has it.
const ARROW = "~";

function read(rest: string): State {
  const found = { ...usual, ...readRest(rest) };
  return { ...found, network: found.network.replaceAll(ARROW, " -> ") };
}

function write(state: State): string {
  const pairs: Record<string, string | undefined> = { network: state.network.replaceAll(" -> ", ARROW) };
  for (const key of ["batch", "dtype", "optimizer", "set", "why"] as const) pairs[key] = state[key] === usual[key] ? undefined : state[key];
  return writeRest(pairs);
}

/** The bench of shapes: any network as text, as a drawing and as a table whose numbers open. */
export function Shapes({ client, rest, setRest, setHelp }: ViewProps) {
  const words = text.shapes;
  const [state, setState] = useState(() => read(rest));
  const [refusal, refuse] = useState<Refused | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  // What is asked for by now, be it drawn already or not.
  const latest = useRef(state);
  const change = (part: Partial<State>): void => {
    latest.current = { ...latest.current, ...part };
    setState(latest.current);
  };

  useEffect(() => setHelp({ lead: words.lead, keys: words.keys }), []);
  // At once, so that a view that is left in the next moment is found as it was.
  useLayoutEffect(() => setRest(write(state)), [state]);

  const batch = Number(state.batch);
  const asked = {
    network: state.network,
    batch: Number.isInteger(batch) ? batch : 0,
    dtype: state.dtype,
    optimizer: state.optimizer,
    ...(state.set.trim() === "" ? {} : { set: state.set }),
  };
  const { answer, of, problem, isCurrent } = useAnswer<SummaryAnswer>(client, "summary", asked);
  const why = useAnswer<{ lines: string[]; why: string }>(client, "why", state.why === "" ? null : { ...asked, cell: state.why });
  const network = (of?.network as string | undefined) ?? "";
  const edits = useEdits(client);
  edits.show(network);
  const isStale = problem !== null;
  const numbers: Numbers | null = answer === null ? null : (answer.numbers ?? answer);

  // Where the text is being written anew, rows stand for what is past; what became of them by edits is known.
  const isPast = isStale || !edits.leads(network, state.network);
  // A formula is that of the numbers which are shown, and of the cell that is open.
  const formula = why.problem === null && why.of !== null && JSON.stringify(why.of) === JSON.stringify({ ...of, cell: state.why }) ? (why.answer?.lines ?? null) : null;
  const formulaProblem = state.why !== "" && why.isCurrent ? (why.problem?.message ?? null) : null;
  // The place in which something is wrong is one of the text that was asked about.
  const wrong = useRef("");
  if (isCurrent && problem !== null) wrong.current = state.network;

  // A row that was changed is another one: whoever works with keys goes on from it, and not from the top of the page.
  const going = useRef<{ network: string; row: number; act: string | undefined; moves: boolean; from: Element | null }[]>([]);
  useLayoutEffect(() => {
    const at = going.current.map((to) => to.network).lastIndexOf(network);
    if (at < 0) return;
    const to = going.current[at]!;
    going.current = going.current.slice(at + 1);
    const focused = document.activeElement;
    // Who has gone on to something else meanwhile stays there.
    if (focused !== null && focused !== document.body && !(to.moves && focused === to.from)) return;
    const field = document.querySelector(`[data-row="${to.row}"]`)?.querySelector<HTMLElement>(to.act === undefined ? "input" : `[data-act="${to.act}"]:enabled`);
    field?.focus();
    for (const later of going.current) if (later.from === to.from) later.from = field ?? null;
  }, [network]);

  const edit = async (made: Change): Promise<boolean> => {
    const from = document.activeElement;
    const act = from instanceof HTMLElement ? from.dataset.act : undefined;
    refuse(null);
    try {
      const edited = await edits.ask(made, network, () => latest.current.network, ({ network: now }) => change({ network: now, why: "" }));
      if (edited !== null && edited.network !== network) going.current.push({ network: edited.network, row: edited.row, act, moves: made.do === "up" || made.do === "down", from });
      return true;
    } catch (error) {
      refuse({ network, row: made.row, reason: (error as Error).message, ...(made.do === "change" ? { typed: made.text! } : {}) });
      return false;
    }
  };
  const save = (format: "csv" | "markdown"): void => {
    void client.ask<{ text: string }>("table", { ...asked, format }).then(({ text: table }) => {
      const address = URL.createObjectURL(new Blob([table], { type: format === "csv" ? "text/csv" : "text/markdown" }));
      Object.assign(document.createElement("a"), { href: address, download: format === "csv" ? "summary.csv" : "summary.md" }).click();
      URL.revokeObjectURL(address);
    });
  };
  const preset = Object.keys(presets).find((key) => presets[key] === state.network) ?? "";
  const lines = state.network.split("\n").length;

  return (
    <>
      <section class="bar shapes-bar" aria-label={words.settings}>
        <div class="controls">
          <Choice
            label={words.example}
            value={preset}
            choices={[...(preset === "" ? [["", words.ownNetwork] as [string, string]] : []), ...Object.keys(presets).map((key): [string, string] => [key, words.examples[key]!])]}
            onChoose={(key) => {
              refuse(null);
              if (presets[key] !== undefined) change({ network: presets[key], why: "", set: key === "letters" ? latest.current.set : "" });
            }}
          />
          <Entry label={words.batch} value={state.batch} numeric onChoose={(value) => change({ batch: value })} />
          <Choice label={words.dtype} value={state.dtype} choices={words.dtypes} onChoose={(value) => change({ dtype: value })} />
          <Choice label={words.optimizer} value={state.optimizer} choices={["sgd lr=0.1", "sgd lr=0.1 momentum=0.9", "adam lr=0.001"]} onChoose={(value) => change({ optimizer: value })} />
          {(answer?.letters !== undefined || state.set !== "") && (
            <Optional label={words.letters} value={state.set === "" ? null : state.set} usual={words.lettersExample} onChoose={(value) => change({ set: value ?? "" })} />
          )}
        </div>
      </section>
      <main class="bench shapes" aria-busy={!isCurrent || (state.why !== "" && !why.isCurrent)}>
        <section aria-labelledby="network">
          <h2 id="network">{words.network}</h2>
          <p class="lead">{words.lead}</p>
          <textarea
            ref={area}
            class="notation"
            aria-labelledby="network"
            aria-describedby="network-hint"
            aria-invalid={problem?.at !== null && problem !== null}
            spellcheck={false}
            rows={Math.max(lines, Math.min(8, Math.ceil(state.network.length / 110)))}
            value={state.network}
            onInput={(event) => {
              refuse(null);
              change({ network: event.currentTarget.value });
            }}
          />
          {problem === null ? (
            <p class="hint" id="network-hint">{words.networkHint}</p>
          ) : (
            <div class="problem" role="alert" id="network-hint">
              {problem.at !== null && <Place network={wrong.current} at={problem.at} />}
              <p>{problem.message}</p>
              {answer !== null && <p class="hint">{words.stale}</p>}
            </div>
          )}
        </section>
        {answer !== null && numbers !== null && (
          <>
            <Figure title={text.views.shapes}>
              <ShapeDrawing numbers={numbers} onChoose={(name) => document.getElementById(`row-${name}`)?.scrollIntoView({ block: "center" })} />
            </Figure>
            <section aria-labelledby="layers">
              <div class="titled">
                <h2 id="layers">{words.table}</h2>
                <button type="button" class="plain" disabled={isStale} onClick={() => save("csv")}>{words.csv}</button>
                <button type="button" class="plain" disabled={isStale} onClick={() => save("markdown")}>{words.markdown}</button>
              </div>
              <ShapeTable
                summary={answer}
                network={network}
                open={state.why === "" || state.why.startsWith("memory") ? null : state.why}
                formula={formula}
                formulaProblem={formulaProblem}
                edits={edits}
                refusal={refusal}
                isStale={isStale}
                isPast={isPast}
                onOpen={(cell) => change({ why: cell ?? "" })}
                onChange={edit}
                onGiveUp={() => refuse(null)}
              />
            </section>
            <div class="beside">
              <Memory summary={answer} numbers={numbers} open={state.why} formula={formulaProblem !== null ? [formulaProblem] : (formula ?? [])} onOpen={(cell) => change({ why: cell })} />
              {answer.warnings.length > 0 && (
                <section aria-labelledby="notes">
                  <h2 id="notes">{words.warnings}</h2>
                  <ul class="warnings">{answer.warnings.map((warning) => <li key={warning.message}>{warning.message}</li>)}</ul>
                </section>
              )}
              {answer.warnings.some((warning) => warning.code === "linear-stack") && answer.letters === undefined && <Collapsed client={client} network={network} />}
            </div>
            <p class="unseen" role="status">{words.status(answer.layers.length, shape(answer.layers[answer.layers.length - 1]?.output ?? answer.input), written(numbers.parameters))}</p>
          </>
        )}
        {answer === null && problem === null && <p role="status" class="hint">{client.lost ? text.lost : text.connecting}</p>}
      </main>
    </>
  );
}

/** The line of a text in which something is wrong, with the word marked. */
function Place({ network, at }: { network: string; at: number }) {
  const from = network.lastIndexOf("\n", at - 1) + 1;
  const stop = network.indexOf("\n", at);
  const word = /^\S+/.exec(network.slice(at))?.[0].length ?? 1;
  const before = network.slice(from, at);
  const behind = network.slice(at + word, stop < 0 ? undefined : stop);
  return (
    <p class="place">
      {before.length > 40 ? `… ${before.slice(-40)}` : before}
      <mark>{network.slice(at, at + word)}</mark>
      {behind.length > 40 ? `${behind.slice(0, 40)} …` : behind}
    </p>
  );
}

function Memory({ summary, numbers, open, formula, onOpen }: {
  summary: SummaryAnswer;
  numbers: Numbers;
  open: string;
  formula: string[];
  onOpen: (cell: string) => void;
}) {
  const words = text.shapes;
  const parts = Object.keys(words.memoryParts) as (keyof Numbers["memory"])[];
  return (
    <section aria-labelledby="memory">
      <h2 id="memory">{words.memory}</h2>
      <dl class="memory">
        {parts.map((part) => {
          const cell = `memory.${part}`;
          const value = summary.numbers === undefined ? bytes(summary.memory[part]) : `${bytes(summary.memory[part])} = ${bytes(numbers.memory[part])}`;
          return (
            <div key={part}>
              <dt>{words.memoryParts[part]}</dt>
              <dd>
                <button type="button" class="number" aria-expanded={open === cell} aria-label={words.why(words.memoryParts[part]!, value)} onClick={() => onOpen(open === cell ? "" : cell)}>
                  {value}
                </button>
              </dd>
              {open === cell && <dd class="math"><div role="status">{formula.map((line) => <p key={line}>{line}</p>)}</div></dd>}
            </div>
          );
        })}
      </dl>
    </section>
  );
}
