import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useAnswer } from "../answers";
import { Figure } from "../Figure";
import { type Contours, MOST_RULES, MOST_STEPS, type Line, type Path, presets, reached, readState, type Rule, type Rules, type Slope, type State, writeState } from "../descent/state";
import { Plane, Sample } from "../descent/Plane";
import { Steps } from "../descent/Steps";
import { Choice, Entry, Round } from "../fields";
import { Icon } from "../icons";
import { Lines } from "../Lines";
import { neat, short } from "../settings";
import { text } from "../text";
import type { ViewProps } from "../views";
import "./race.css";
import "./Descent.css";

const PACE = 110;
const FURTHER = ["sgd lr=0.05", "sgd lr=0.05 momentum=0.9", "adam lr=0.1", "rmsprop lr=0.05"];

/** A text with suggestions that counts when it is finished, and what is wrong with it. */
function Typed({ label, value, list, placeholder, error, onChoose }: {
  label: string;
  value: string;
  list: string;
  placeholder?: string;
  error?: string | null;
  onChoose: (value: string) => void;
}) {
  // What is being typed: an answer that comes meanwhile draws the page anew, and must not take it away.
  const [typed, type] = useState<string | null>(null);
  return (
    <input
      type="text"
      aria-label={label}
      list={list}
      value={typed ?? value}
      placeholder={placeholder}
      spellcheck={false}
      aria-invalid={error ? "true" : undefined}
      onInput={(event) => type(event.currentTarget.value)}
      onChange={(event) => {
        type(null);
        onChoose(event.currentTarget.value.trim());
      }}
      onBlur={() => type(null)}
    />
  );
}

/** Contours, and up to four optimizers on their way down from one start. */
export function Descent({ client, rest, setRest, setHelp }: ViewProps) {
  const [state, set] = useState<State>(() => readState(rest));
  // Each change is one of what there is by then: two of them that come before the page is drawn add up.
  const change = (to: Partial<State> | ((before: State) => Partial<State>)): void =>
    set((before) => ({ ...before, ...(typeof to === "function" ? to(before) : to) }));
  const [playing, setPlaying] = useState(false);
  const [probe, setProbe] = useState<[number, number] | null>(null);
  const { opened, frame } = client;
  const isNet = state.source === "net";

  useEffect(() => setHelp({ lead: text.descent.lead, keys: text.descent.keys }), []);

  // A loss is that of the playground's own network, which stands still meanwhile; a link brings its own.
  useEffect(() => {
    if (!isNet) return;
    if (client.opened === null) client.begin(state.link);
    else if (client.frame?.running) client.send({ type: "pause" });
  }, [isNet]);
  const session = opened === null || frame === null || frame.running ? null : `${opened.link}${frame.epoch + frame.batch > 0 ? `&epoch=${frame.epoch}${frame.batch > 0 ? `,${frame.batch}` : ""}` : ""}`;
  const mark = session === null ? null : `${session} ${frame!.touched ? JSON.stringify(frame!.weights) : ""}`;
  // A network that still trains to where its link says is not yet asked about.
  const arrives = /&epoch=(\d+)/.exec(state.link)?.[1];
  const isReady = !isNet || (session !== null && (arrives === undefined || state.link === session || frame!.epoch >= Number(arrives)));
  useEffect(() => {
    if (isNet && isReady && session !== null && session !== state.link) change({ link: session });
  }, [isNet, isReady, session]);

  const terrain = !isReady ? null : isNet ? { p: state.p, q: state.q } : { f: state.f };
  // A question about the network is asked again when the network is another.
  const seen = useRef({ mark: "", count: 0 });
  if (isNet && mark !== null && seen.current.mark !== mark) seen.current = { mark, count: seen.current.count + 1 };
  const axes = { ...(state.x === null ? {} : { x0: state.x[0], x1: state.x[1] }), ...(state.y === null ? {} : { y0: state.y[0], y1: state.y[1] }) };
  const about = (given: Record<string, unknown>): Record<string, unknown> | null => (terrain === null ? null : { ...terrain, ...given });
  const round = isNet ? seen.current.count : 0;
  const rules = useAnswer<Rules>(client, "rules", {}).answer;
  const contours = useAnswer<Contours>(client, "contours", about({ ...axes, levels: state.levels }), round);
  const start = state.start[0] === "" ? {} : { x: state.start[0], y: state.start[1] };
  const run = (i: number): Record<string, unknown> | null => {
    const rule = state.rules[i];
    return rule === undefined ? null : about({ ...start, optimizer: rule.optimizer, schedule: rule.schedule, steps: state.steps });
  };
  const asked = [0, 1, 2, 3].map((i) => useAnswer<Path>(client, "descend", run(i), round));
  const working = run(state.shown);
  const worked = useAnswer<{ lines: Line[] }>(client, "descend", state.open === null || working === null ? null : { ...working, step: state.open }, round);
  const slope = useAnswer<Slope>(client, "slope", probe === null ? null : about({ x: probe[0], y: probe[1] }), round);
  const paths = state.rules.map((_, i) => (terrain !== null && asked[i]!.problem === null ? asked[i]!.answer : null));
  const map = terrain === null ? null : contours.answer;
  // What was wrong with an older question says nothing of this one.
  const wrong = contours.isCurrent && terrain !== null ? (contours.problem?.message ?? null) : null;
  const wrongs = state.rules.map((_, i) => (asked[i]!.isCurrent && terrain !== null ? (asked[i]!.problem?.message ?? null) : null));
  const isBusy = terrain === null || !contours.isCurrent || state.rules.some((_, i) => !asked[i]!.isCurrent) || (state.open !== null && !worked.isCurrent) || (probe !== null && !slope.isCurrent);
  // The numbers beside a point are those of the point that was asked about, which may be one of a moment ago.
  const [seenX, seenY] = [slope.of?.x as number | undefined, slope.of?.y as number | undefined];

  // At once, so that a view that is left in the next moment is found as it was.
  useLayoutEffect(() => setRest(writeState(state)), [state]);
  const latest = useRef(state);
  latest.current = state;
  // In a layout effect, so that a timer which is no longer wanted is gone before it can undo what has just been chosen.
  useLayoutEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      const { at, steps } = latest.current;
      change({ at: Math.min(steps, at + 1) });
      if (at + 1 >= steps) setPlaying(false);
    }, PACE);
    return () => clearInterval(timer);
  }, [playing]);

  const act = useRef<Record<string, () => void>>({});
  act.current = {
    toggle: () => {
      if (!playing && state.at >= state.steps) change({ at: 0 });
      setPlaying(!playing);
    },
    step: () => { setPlaying(false); change(({ at, steps }) => ({ at: Math.min(steps, at + 1) })); },
    back: () => { setPlaying(false); change(({ at }) => ({ at: Math.max(0, at - 1), open: null })); },
    last: () => { setPlaying(false); change(({ steps }) => ({ at: steps })); },
    reset: () => { setPlaying(false); change({ at: 0, open: null }); },
  };
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest("dialog[open], input, select, textarea")) return;
      const onButton = target.closest("button, summary, a") !== null;
      const name = event.key === " " && !onButton ? "toggle" : ({ ArrowRight: "step", ArrowLeft: "back", End: "last", r: "reset", R: "reset" } as Record<string, string>)[event.key];
      if (name === undefined) return;
      event.preventDefault();
      act.current[name]!();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  const preset = Object.keys(presets).find((name) => presets[name]!.f === state.f && !isNet) ?? "";
  const write = (i: number, to: Partial<Rule>): void => change(({ rules }) => ({ rules: rules.map((rule, k) => (k === i ? { ...rule, ...to } : rule)), open: null }));
  const from: [number, number] | null = state.start[0] === "" ? (map?.present ?? null) : ((path) => (path?.x[0] != null && path.y[0] != null ? [path.x[0], path.y[0]] : null))(paths.find((path) => path !== null));
  const begin = (to: [number, number]): void => { setPlaying(false); change({ start: [`${to[0]}`, `${to[1]}`], open: null }); };
  const [nameX, nameY] = map?.variables ?? (isNet ? ["p", "q"] : ["x", "y"]);
  const bound = (axis: "x" | "y", end: 0 | 1) => (typed: string): void => {
    const number = Number(typed.replace("−", "-"));
    if (!Number.isFinite(number)) return;
    change((before) => {
      const now = before[axis] ?? map?.[axis] ?? [-3, 3];
      return { [axis]: end === 0 ? [number, now[1]] : [now[0], number] };
    });
  };
  const shownPath = paths[state.shown] ?? null;
  const standing = (path: Path): string => {
    const k = reached(path, state.at);
    return text.descent.here(path.optimizer, short(path.x[k]), short(path.y[k]), short(path.value[k])) + (path.failure !== null && k === path.x.length - 1 ? ` ${text.descent.ends(path.optimizer, k)}` : "");
  };
  const isOutside = (path: Path): boolean => {
    const k = reached(path, state.at);
    const [x, y] = [path.x[k], path.y[k]];
    return map !== null && (x == null || y == null || x < map.x[0] || x > map.x[1] || y < map.y[0] || y > map.y[1]);
  };
  return (
    <>
      <section class="bar descentbar" aria-label={text.descent.drive}>
        <div class="drive" role="group" aria-label={text.descent.drive}>
          <Round label={text.descent.reset} onClick={() => act.current.reset!()}><Icon name="reset" /></Round>
          <Round label={text.descent.back} onClick={() => act.current.back!()} disabled={state.at === 0}><Icon name="back" /></Round>
          <button type="button" class="play" aria-label={playing ? text.pause : text.play} title={playing ? text.pause : text.play} onClick={() => act.current.toggle!()}>
            <Icon name={playing ? "pause" : "play"} />
          </button>
          <Round label={text.descent.step} onClick={() => act.current.step!()} disabled={state.at >= state.steps}><Icon name="epoch" /></Round>
          <Round label={text.descent.last} onClick={() => act.current.last!()} disabled={state.at >= state.steps}><Icon name="last" /></Round>
          <div class="epoch">
            <span>{text.descent.at}</span>
            <strong data-testid="step">{state.at}</strong>
            <small>{text.descent.of(state.steps)}</small>
          </div>
        </div>
        <div class="controls">
          <Choice
            label={text.descent.source}
            value={state.source}
            choices={Object.entries(text.descent.sources)}
            onChoose={(source) => {
              setPlaying(false);
              setProbe(null);
              change(({ rules }) =>
                source === "net"
                  ? { source: "net", start: ["", ""], x: null, y: null, at: 0, open: null, levels: "linear" }
                  : { ...presets.ravine!, rules },
              );
            }}
          />
          {!isNet && (
            <Choice
              label={text.descent.preset}
              value={preset}
              choices={[...Object.keys(presets).map((name): [string, string] => [name, text.descent.presets[name]!]), ...(preset === "" ? [["", text.descent.own] as [string, string]] : [])]}
              onChoose={(name) => {
                if (name === "") return;
                setPlaying(false);
                setProbe(null);
                set(presets[name]!);
              }}
            />
          )}
          <Entry label={text.descent.steps} value={`${state.steps}`} numeric onChoose={(typed) => {
            if (!Number.isInteger(Number(typed))) return;
            const steps = Math.min(MOST_STEPS, Math.max(1, Number(typed)));
            change(({ at }) => ({ steps, at: Math.min(at, steps), open: null }));
          }} />
        </div>
      </section>
      <main class="descent" aria-busy={isBusy}>
        <section aria-labelledby="landscape">
          <h2 id="landscape">{text.descent.landscape}</h2>
          <p class="lead">{text.descent.landscapeLead}</p>
          {isNet ? (
            <>
              <Choice label={text.descent.p} value={state.p === "" ? (map?.chosen?.[0] ?? "") : state.p} choices={map?.places ?? []} onChoose={(p) => change(({ q }) => ({ p, q: q === "" ? (map?.chosen?.[1] ?? "") : q, start: ["", ""], x: null, y: null, open: null }))} />
              <Choice label={text.descent.q} value={state.q === "" ? (map?.chosen?.[1] ?? "") : state.q} choices={map?.places ?? []} onChoose={(q) => change(({ p }) => ({ q, p: p === "" ? (map?.chosen?.[0] ?? "") : p, start: ["", ""], x: null, y: null, open: null }))} />
              <p class="hint">{map?.note ?? (client.lost ? text.lost : text.descent.training)}</p>
              {frame?.touched && <p class="hint">{text.descent.touched}</p>}
            </>
          ) : (
            <Entry label={text.descent.function} value={state.f} onChoose={(f) => change({ f, open: null })} />
          )}
          {wrong !== null && <p class="wrong" role="alert">{wrong}</p>}
          {map?.gradient !== undefined && contours.problem === null && (
            <div class="slopes">
              <h3>{text.descent.gradient}</h3>
              <p class="formula">∂f/∂{nameX} = {map.gradient[0]}<br />∂f/∂{nameY} = {map.gradient[1]}</p>
              {map.conventions!.map((sentence) => <p key={sentence} class="hint">{sentence}</p>)}
              <h3>{text.descent.stationary}</h3>
              <ul>{map.stationary!.map((point) => <li key={point.text}>{point.text}</li>)}</ul>
              <p class="hint">{map.explanation}</p>
            </div>
          )}
          <div class="fields two">
            <Entry label={`${text.descent.start} ${nameX}`} value={state.start[0] === "" ? short(from?.[0], 4) : state.start[0]} numeric onChoose={(x) => change(({ start }) => ({ start: [x, start[1] === "" ? `${from?.[1] ?? 0}` : start[1]], open: null }))} />
            <Entry label={`${text.descent.start} ${nameY}`} value={state.start[0] === "" ? short(from?.[1], 4) : state.start[1]} numeric onChoose={(y) => change(({ start }) => ({ start: [start[0] === "" ? `${from?.[0] ?? 0}` : start[0], y], open: null }))} />
            <Entry label={text.descent.from(nameX)} value={neat(state.x?.[0] ?? map?.x[0] ?? -3)} numeric onChoose={bound("x", 0)} />
            <Entry label={text.descent.to(nameX)} value={neat(state.x?.[1] ?? map?.x[1] ?? 3)} numeric onChoose={bound("x", 1)} />
            <Entry label={text.descent.from(nameY)} value={neat(state.y?.[0] ?? map?.y[0] ?? -3)} numeric onChoose={bound("y", 0)} />
            <Entry label={text.descent.to(nameY)} value={neat(state.y?.[1] ?? map?.y[1] ?? 3)} numeric onChoose={bound("y", 1)} />
          </div>
          <Choice label={text.descent.levels} value={state.levels} choices={Object.entries(text.descent.levelKinds)} onChoose={(levels) => change({ levels: levels as State["levels"] })} />
        </section>
        <div class="seen">
          {map === null ? (
            <p class="wait" role="status">{client.lost ? text.lost : isNet ? text.descent.training : text.connecting}</p>
          ) : (
            <Figure title={text.descent.landscape}>
              <Plane contours={map} paths={paths} at={state.at} start={from} probe={probe} slope={probe === null ? null : slope.answer} onProbe={setProbe} onStart={begin} />
            </Figure>
          )}
          <div class="reading" role="status">
            {probe === null || slope.answer === null || seenX === undefined || seenY === undefined ? (
              <p class="hint">{text.descent.probeHint}{map?.blank ? ` · ${text.descent.blank}` : ""}</p>
            ) : (
              <>
                <p class="hint">{text.descent.probe}: {nameX} = {neat(seenX)}, {nameY} = {neat(seenY)} · {text.descent.high}</p>
                {slope.answer.problem !== undefined ? <p class="hint">{slope.answer.problem}</p> : <Lines lines={slope.answer.lines!} />}
              </>
            )}
          </div>
        </div>
        <section class="race" aria-labelledby="race">
          <h2 id="race">{text.descent.race}</h2>
          <p class="lead">{text.descent.raceLead}</p>
          <ol>
            {state.rules.map((rule, i) => {
              const path = paths[i] ?? null;
              const k = path === null ? 0 : reached(path, state.at);
              const error = wrongs[i] ?? null;
              const ended = path !== null && path.failure !== null && state.at >= path.x.length - 1;
              return (
                <li key={i}>
                  <div class="rule">
                    <Sample kind={i} />
                    <Typed label={text.descent.racer(i + 1)} list="optimizers" value={rule.optimizer} error={error} onChoose={(optimizer) => optimizer !== "" && write(i, { optimizer })} />
                    {state.rules.length > 1 && <Round label={text.descent.remove(i + 1)} onClick={() => change(({ rules }) => ({ rules: rules.filter((_, other) => other !== i), shown: 0, open: null }))}>×</Round>}
                    <span class="hint" aria-hidden="true">{text.descent.scheduleShort}</span>
                    <Typed label={text.descent.schedule(i + 1)} list="schedules" value={rule.schedule} placeholder={text.descent.constant} onChoose={(schedule) => write(i, { schedule })} />
                  </div>
                  {error !== null && <p class="wrong" role="alert">{error}</p>}
                  {path !== null && (
                    <p class="standing">
                      <strong data-testid={`height${i}`}>{map?.name ?? "f"} = {short(path.value[k], 4)}</strong>
                      <span>({short(path.x[k], 4)}, {short(path.y[k], 4)})</span>
                      {isOutside(path) && <em>{text.descent.outside}</em>}
                    </p>
                  )}
                  {(ended || state.at >= state.steps) && path !== null && path.verdict.length > 0 && <p class={path.runsAway ? "warned" : "hint"}>{path.verdict.join(" ")}</p>}
                </li>
              );
            })}
          </ol>
          {state.rules.length < MOST_RULES && (
            <button type="button" class="plain" onClick={() => change(({ rules }) => (rules.length < MOST_RULES ? { rules: [...rules, { optimizer: FURTHER[rules.length]!, schedule: "" }] } : {}))}>
              {text.descent.add}
            </button>
          )}
          {rules !== null && (
            <details>
              <summary>{text.descent.writing}</summary>
              <dl class="usage">
                {[...rules.optimizers, ...rules.schedules].map(({ name, usage, summary }) => <div key={name}><dt><code>{usage}</code></dt><dd>{summary}</dd></div>)}
              </dl>
            </details>
          )}
          <datalist id="optimizers">{rules?.optimizers.map(({ example }) => <option key={example} value={example} />)}</datalist>
          <datalist id="schedules">{rules?.schedules.map(({ example }) => <option key={example} value={example} />)}</datalist>
        </section>
        <section class="record" aria-labelledby="record">
          <div class="recordhead">
            <h2 id="record">{text.descent.table}</h2>
            <p class="lead">{text.descent.tableLead}</p>
            <div class="whose" role="group" aria-label={text.descent.race}>
              {state.rules.map((rule, i) => (
                <button key={i} type="button" class={`chip${i === state.shown ? " on" : ""}`} aria-pressed={i === state.shown} onClick={() => change({ shown: i, open: null })}>
                  <Sample kind={i} /> {(asked[i]!.isCurrent ? paths[i]?.optimizer : undefined) ?? rule.optimizer}
                </button>
              ))}
            </div>
          </div>
          {shownPath !== null && (
            <Steps
              path={shownPath}
              names={{ height: map?.name ?? "f", variables: [nameX, nameY] }}
              at={state.at}
              open={state.open}
              lines={worked.isCurrent && worked.problem === null ? (worked.answer?.lines ?? null) : null}
              error={worked.isCurrent ? (worked.problem?.message ?? null) : null}
              onOpen={(open) => change({ open })}
            />
          )}
        </section>
      </main>
      <footer><p>{text.link}</p></footer>
      <p class="unseen" role="status">
        {playing ? "" : text.descent.where(state.at, paths.filter((path) => path !== null).map(standing).join(" "))}
      </p>
    </>
  );
}
