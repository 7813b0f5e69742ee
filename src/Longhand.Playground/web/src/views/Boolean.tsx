import { Fragment } from "preact";
import { useEffect } from "preact/hooks";
import { useAnswer } from "../answers";
import { Figure } from "../Figure";
import { Cube } from "../boolean/Cube";
import { Drawing } from "../boolean/Drawing";
import { Corner, Square } from "../boolean/Square";
import { type Answer, askedTable, askedWeights, readWeights, signed, type State, withUnit, withWeight, type Working, writeState } from "../boolean/state";
import { aboutOf, useBench } from "../boolean/useBench";
import { download } from "../download";
import { Choice, Entry, Written } from "../fields";
import { Lines } from "../Lines";
import { neat } from "../settings";
import { text } from "../text";
import type { ViewProps } from "../views";
import "./race.css";
import "./Boolean.css";

const t = text.boolean;

/** What is asked of the network and what it says, row by row. */
function Table({ answer, wanted, open, working, error, onOpen, onToggle }: {
  answer: Answer;
  /** What is asked for, row by row; what was answered may be older. */
  wanted: string;
  open: number | null;
  working: Working | null;
  error: string | null;
  onOpen: (row: number | null) => void;
  onToggle: (bits: string) => void;
}) {
  // A step's value is its output; others are compared with a threshold.
  const hasValue = answer.rows.some((row) => row.value !== row.output);
  const columns = answer.variables.length + answer.hidden.length + (hasValue ? 5 : 4);
  return (
    <div class="sheet" tabIndex={0} role="region" aria-label={t.tableRegion}>
      <table class="truth">
        <thead>
          <tr>
            <th scope="col"><span class="unseen">{t.row}</span></th>
            {answer.variables.map((name) => <th key={name} scope="col">{name}</th>)}
            {answer.hidden.map((name) => <th key={name} scope="col">{name}</th>)}
            {hasValue && <th scope="col">{t.value}</th>}
            <th scope="col">{t.output}</th>
            <th scope="col">{t.wanted}</th>
            <th scope="col"><span class="unseen">{t.right}</span></th>
          </tr>
        </thead>
        <tbody>
          {answer.rows.map((row, i) => {
            const bits = row.input.join("");
            const wrong = row.output !== row.wanted;
            return (
              <Fragment key={bits}>
                <tr class={wrong ? "off" : undefined}>
                  <th scope="row">
                    <button type="button" class="opens" aria-expanded={open === i} aria-label={t.open(bits)} onClick={() => onOpen(open === i ? null : i)}>{bits}</button>
                  </th>
                  {row.input.map((bit, k) => <td key={`x${k}`}>{bit}</td>)}
                  {row.hidden.map((value, k) => <td key={`h${k}`}>{neat(value)}</td>)}
                  {hasValue && <td>{neat(row.value)}{row.onThreshold ? "*" : ""}</td>}
                  <td><strong>{row.output}</strong></td>
                  <td><button type="button" class="bit" aria-label={t.toggle(bits, Number(wanted[i]))} onClick={() => onToggle(bits)}>{wanted[i]}</button></td>
                  <td class="verdict">{wrong ? `✗ ${t.wrong}` : "✓"}</td>
                </tr>
                {open === i && (
                  <tr class="opened">
                    <td colSpan={columns}>{error !== null ? <p class="wrong">{error}</p> : working === null ? "…" : <Lines lines={working.lines} />}</td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** A Boolean function, the network that computes it, and the half-planes of its units: each follows when another is changed. */
export function Boolean({ client, rest, setRest, setHelp }: ViewProps) {
  const { state, answer, error, change, ask, redesign, toggle, weigh } = useBench(client, rest);
  useEffect(() => setHelp({ lead: t.lead, keys: t.keys }), []);
  useEffect(() => setRest(writeState(state)), [state]);
  const rows = answer?.rows.length ?? 0;
  const open = state.row !== null && state.row < rows ? state.row : null;
  const working = useAnswer<Working>(client, "boolean", open === null ? null : { ...aboutOf(state), row: open });
  const weights = answer === null ? "" : askedWeights(state, answer);
  const layers = answer === null ? [] : readWeights(weights);
  const nameOf = (layer: number, unit: number): string => (layer === layers.length - 1 ? t.output : (answer?.hidden[unit] ?? `h${unit + 1}`));
  const wrong = answer?.rows.filter((row) => row.output !== row.wanted) ?? [];
  const verdict = wrong.length === 0 ? t.allRight(rows) : t.someWrong(wrong.length, rows, wrong.map((row) => row.input.join("")).join(", "));
  const inputs = answer?.variables.length ?? 2;
  const asked = Math.log2(state.f === "" ? state.table.length : 0);
  const formula = state.f !== "" ? state.f : (answer?.expression ?? "");
  return (
    <>
      <main class="boolean">
        <section aria-labelledby="ask">
          <h2 id="ask">{t.ask}</h2>
          <p class="lead">{t.askLead}</p>
          <Entry label={t.formula} value={formula} onChoose={(f) => ask({ f, table: "" })} />
          <p class="examples" role="group" aria-label={t.examples}>
            {t.list.map((f) => (
              <button key={f} type="button" class={`chip${f === formula ? " on" : ""}`} aria-pressed={f === formula} onClick={() => ask({ f, table: "" })}>{t.names[f] ?? f}</button>
            ))}
          </p>
          {error !== null && <p class="wrong" role="alert">{error}</p>}
          <div class="pair">
            <Choice label={t.inputs} value={`${[1, 2, 3, 4].includes(asked) ? asked : inputs}`} choices={["1", "2", "3", "4"]} onChoose={(n) => ask({ f: "", table: "0".repeat(2 ** Number(n)) })} />
            <Choice label={t.units} value={state.units} choices={Object.entries(t.unitKinds)} onChoose={(units) => redesign({ units: units as State["units"] })} />
          </div>
          <Choice label={t.size} value={state.single ? "one" : "many"} choices={Object.entries(t.sizes)} onChoose={(size) => redesign({ single: size === "one" })} />
          <p class="hint">{t.unitNotes[state.units]}</p>
          {answer !== null && (
            <>
              <p class="separable">{answer.separable ? t.separable : t.inseparable}</p>
              {!answer.separable && (
                <details open={state.single}>
                  <summary>{t.why}</summary>
                  <div class="proof">{answer.proof.map((line) => <p key={line} class={line.startsWith("  ") ? "inner" : undefined}>{line.trim()}</p>)}</div>
                </details>
              )}
            </>
          )}
        </section>
        {answer === null ? (
          <p class="wait" role="status">{client.lost ? text.lost : error === null ? text.connecting : ""}</p>
        ) : (
          <>
            <section class="middle" aria-labelledby="gates">
              <h2 id="gates">{t.network}</h2>
              <p class="lead">{state.single && !answer.separable ? t.tryOne : t.weightsLead}</p>
              <Figure title={t.network}>
                <Drawing answer={answer} row={open === null ? null : answer.rows[open]!} />
              </Figure>
              <div class="sheet" tabIndex={0} role="region" aria-label={t.weightsRegion}>
                {layers.map((layer, l) => {
                  const from = l === 0 ? answer.variables : layers[l - 1]!.map((_, i) => nameOf(l - 1, i));
                  return (
                    <table key={l} class="weights">
                      <thead><tr><td />{from.map((name) => <th key={name} scope="col">{name}</th>)}<th scope="col">{text.bias}</th></tr></thead>
                      <tbody>
                        {layer.map((unit, u) => (
                          <tr key={u}>
                            <th scope="row">{nameOf(l, u)}</th>
                            {unit.map((weight, i) => (
                              <td key={i}>
                                <Written
                                  inputMode="decimal"
                                  aria-label={i < from.length ? t.weight(nameOf(l, u), from[i]!) : t.bias(nameOf(l, u))}
                                  value={signed(weight)}
                                  onFinish={(typed) => {
                                    if (typed !== "" && !/[,;|]/.test(typed)) weigh((before) => withWeight(before, l, u, i, typed.replace("−", "-")));
                                  }}
                                />
                              </td>
                            ))}
                          </tr>
                        ))}
                      </tbody>
                    </table>
                  );
                })}
              </div>
              <div class="sums">{answer.units.map((line) => <p key={line}>{line}</p>)}</div>
              <ul class="explained">{answer.explanation.map((line) => <li key={line}>{line}</li>)}</ul>
              {state.weights !== "" && <button type="button" class="plain" onClick={() => redesign()}>{t.again}</button>}
            </section>
            <section class="picture" aria-labelledby="halves">
              <h2 id="halves">{inputs === 3 ? t.spaces : t.halves}</h2>
              <p class="lead">{inputs === 2 ? t.halvesLead : inputs === 3 ? t.spacesLead : inputs === 1 ? t.one : t.four}</p>
              {inputs === 2 && (
                <Figure title={t.halves}>
                  <Square answer={answer} names={layers[0]!.map((_, u) => nameOf(0, u))} weights={weights} onUnit={(unit, to) => weigh((before) => withUnit(before, unit, to))} />
                </Figure>
              )}
              {inputs === 3 && (
                <Figure title={t.spaces}>
                  <Cube answer={answer} names={layers[0]!.map((_, u) => nameOf(0, u))} turn={state.turn} onTurn={(turn) => change({ turn })} />
                </Figure>
              )}
              {answer.borders?.map((points, u) => points.length === 0 && <p key={u} class="hint">{t.noLine(nameOf(0, u))}</p>)}
              {(inputs === 2 || inputs === 3) && (
                <p class="marks hint">
                  <span><svg viewBox="0 0 28 28" aria-hidden="true"><Corner x={14} y={14} wanted wrong={false} /></svg>{t.trueMark}</span>
                  <span><svg viewBox="0 0 28 28" aria-hidden="true"><Corner x={14} y={14} wanted={false} wrong={false} /></svg>{t.falseMark}</span>
                  <span><svg viewBox="0 0 28 28" aria-hidden="true"><Corner x={14} y={14} wanted wrong /></svg>{t.wrongMark}</span>
                  {inputs === 2 && <span><i class="tint" />{t.regionMark}</span>}
                </p>
              )}
            </section>
            <section class="record" aria-labelledby="truth">
              <h2 id="truth">{t.table}</h2>
              <p class="lead" role="status">{t.computes(answer.computes)}. {verdict}</p>
              <Table
                answer={answer}
                wanted={askedTable(state, answer)}
                open={open}
                working={working.isCurrent ? working.answer : null}
                error={working.problem?.message ?? null}
                onOpen={(row) => change({ row })}
                onToggle={toggle}
              />
              <p class="hint">{answer.rule}{answer.rows.some((row) => row.onThreshold) ? ` * ${t.onThreshold}` : ""}</p>
              <details>
                <summary>{t.file}</summary>
                <pre tabIndex={0}>{answer.file}</pre>
                <button type="button" class="plain" onClick={() => download("boolean.yaml", new Blob([answer.file], { type: "application/yaml" }))}>{t.download}</button>
              </details>
            </section>
          </>
        )}
      </main>
      <footer><p>{text.link}</p></footer>
    </>
  );
}
