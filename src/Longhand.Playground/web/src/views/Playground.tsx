import { useContext, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { experimentLink } from "../address";
import { useAnswer } from "../answers";
import { Confusion } from "../Confusion";
import { Controls } from "../Controls";
import { DataPanel } from "../DataPanel";
import { download } from "../download";
import { Answers } from "../drafts";
import { Drive } from "../Drive";
import { Figure } from "../Figure";
import { Inspector, Numbers } from "../Inspector";
import { LayerBars, LayerNames, LayerTable, type Statistics } from "../Layers";
import { LossChart } from "../LossChart";
import { NetworkView, type Place } from "../NetworkView";
import { joinAddress, type Own, splitAddress } from "../own";
import type { Condition, Frame } from "../protocol";
import { Result } from "../Result";
import { type Column, columnsOf, short, withLayer, withoutLayer, writeNetwork } from "../settings";
import { ControlRules, Part, stateOf } from "../rules";
import { text } from "../text";
import { type OperationAnswer, Walk } from "../Walk";
import "./Playground.css";
import type { ViewProps } from "../views";

/** The controls that keys stand for. */
const controlOf: Record<string, string> = {
  toggle: "play", epoch: "step", batch: "step", example: "step", operation: "step", pin: "curves", step: "step", back: "step", reset: "reset", weights: "weights", more: "layers", fewer: "layers"
};

/** The room that the bars of the layers take under the drawing, in the page's own measure. */
const BARS = 7.2;

/** How long it waits before figures of a network that trains are asked for again, in milliseconds. */
const PAUSE = 150;

const keys: Record<string, string> = {
  r: "reset", R: "reset", n: "weights", N: "weights", p: "pin", P: "pin", "+": "more", "-": "fewer",
  ".": "operation", ",": "operation back", ">": "example", "<": "example back",
};

/** Why a run ended by itself, in a sentence. */
function whyStopped({ epoch, stopped }: Frame): string | null {
  if (stopped === undefined) return null;
  const isShare = stopped.kind.endsWith("accuracy");
  const said = (value: number | null): string => (isShare && value !== null ? `${Number((100 * value).toPrecision(4))} %` : short(value, 4));
  return text.time.because(epoch, text.time.stopped(stopped.kind, /flat|epoch/.test(stopped.kind) ? `${stopped.value}` : said(stopped.value), said(stopped.found)));
}

function readCondition(written: string | undefined): Condition | null {
  const [kind = "", value = ""] = (written ?? "").split(",");
  return text.time.conditions[kind] !== undefined && value !== "" && Number(value) >= 0 ? { kind, value: Number(value) } : null;
}

/** Data on the left, the network in the middle, what it has learned on the right. */
export function Playground({ client, rest, setRest, setHelp }: ViewProps) {
  const [chosen, choose] = useState<Place | null>(null);
  const [speed, setSpeed] = useState(1);
  const [own, setOwn] = useState<Own>(() => splitAddress(rest).own);
  const [marked, mark] = useState<{ examples: Set<number> | null; isTest: boolean }>({ examples: null, isTest: false });
  const hasPinned = useRef(false);
  const rules = useContext(ControlRules);
  const { hello, opened, frame } = client;
  // What the frame shows; what has been asked for since is client.running.
  const running = frame?.running ?? false;
  const by = text.time.steps.some(([name]) => name === own.by) ? own.by! : "epoch";
  const condition = readCondition(own.until);
  const isOpen = (panel: string): boolean => (own.open ?? "").split(",").includes(panel);
  const toggle = (panel: string) => (event: { currentTarget: HTMLDetailsElement }): void => {
    const { open } = event.currentTarget;
    setOwn((now) => {
      const others = (now.open ?? "").split(",").filter((one) => one !== "" && one !== panel);
      return { ...now, open: (open ? [...others, panel] : others).join(",") };
    });
  };

  useEffect(() => {
    if (client.opened === null || client.opened.images !== undefined || client.isBeginning) client.begin(splitAddress(rest).link);
    if (client.pins.length === 0 && own.pins) void client.pinLinks(own.pins.split("|"));
    setHelp({ lead: text.helpLead, keys: text.keys });
  }, []);

  // The features' pictures come with the experiment, as text.
  const features = useMemo(() => Uint8Array.from(atob(opened?.featureMaps ?? ""), (c) => c.charCodeAt(0)), [opened]);

  const relayer = (change: (columns: Column[]) => Column[]): void => {
    choose(null);
    client.open((now) => ({ ...now.settings, network: writeNetwork(now.features.length, change(columnsOf(now.layers))) }));
  };
  const act = useRef<Record<string, () => void>>({});
  const play = (until: Condition | null): void =>
    client.send({ type: "play", ...(until === null ? {} : until.kind === "epoch" ? { until: until.value } : { stop: until }) });
  // What is asked for faster than it is drawn, by a key that is held down, waits for the drawing.
  const stepped = useRef<Frame | null>(null);
  const move = (type: "step" | "back", granularity: string) => (): void => client.send({ type, by: granularity });
  act.current = {
    ...Object.fromEntries(text.time.steps.flatMap(([name]) => [[name, move("step", name)], [`${name} back`, move("back", name)]])),
    toggle: () => (client.running ? client.send({ type: "pause" }) : play(condition)),
    step: move("step", by),
    back: move("back", by),
    pin: () => void client.pin(),
    reset: () => client.send({ type: "reset" }),
    weights: () => client.open((now) => ({ ...now.settings, weights: `${1 + Math.floor(Math.random() * 99999)}` })),
    more: () => relayer(withLayer),
    fewer: () => relayer(withoutLayer),
  };

  // A key does nothing where its button is locked or hidden.
  const ruled = useRef(rules);
  ruled.current = rules;

  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest("dialog[open]") || target.closest("input, select, textarea")) return;
      const onButton = target.closest("button, summary, a") !== null;
      const name =
        event.key === " " && !onButton ? "toggle"
        : event.key === "ArrowRight" ? (event.shiftKey ? "batch" : "epoch")
        : event.key === "ArrowLeft" ? (event.shiftKey ? "batch back" : "epoch back")
        : keys[event.key];
      if (name === undefined || stateOf(ruled.current, controlOf[name.replace(" back", "")]) !== "shown") return;
      event.preventDefault();
      if (event.repeat && /^(epoch|batch|example|operation)/.test(name)) {
        if (stepped.current === client.frame) return;
        stepped.current = client.frame;
      }
      act.current[name]!();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  // The address says what is shown; where it stands still, the epoch too.
  const within = running ? undefined : frame?.within;
  const done = within === undefined || within.kind === "update" ? 0 : (within.example - 1) * within.operations + within.operation;
  // Until the pinned runs of a link have been trained again, the address keeps them as they were.
  const pinned = client.pins.length === 0 && !hasPinned.current ? (own.pins ?? "") : client.pins.flatMap((pin) => pin.link ?? []).join("|");
  hasPinned.current ||= client.pins.length > 0;
  const link = opened === null || opened.images !== undefined ? null : joinAddress(experimentLink(opened, client.isFresh && !running ? frame : null, done), { ...own, pins: pinned });
  useEffect(() => {
    if (link !== null && !running) setRest(link);
  }, [link, running]);

  const isMeasured = isOpen("layers") && frame !== null;
  const measured = useAnswer<Statistics>(client, "layers", isMeasured ? {} : null, frame, PAUSE).answer;
  const statistics = isMeasured ? measured : null;
  const looked = within === undefined || within.kind === "update" ? null : { example: within.example, operation: within.operation };
  const walked = useAnswer<OperationAnswer>(client, "operation", looked, frame);
  const operation = looked === null || walked.problem !== null ? null : walked.answer;

  const controls = useMemo(() => hello && opened && <Controls client={client} hello={hello} opened={opened} />, [opened, hello]);
  const data = useMemo(() => hello && opened && <DataPanel client={client} hello={hello} opened={opened} />, [opened, hello]);

  if (hello === null || opened === null || opened.images !== undefined) return <main class="wait"><p role="status">{client.lost ? text.lost : text.connecting}</p></main>;

  const saveExperiment = (experiment: string): void => {
    // Where a schedule needs the length of the run, that stays what it is.
    const { opened, frame } = client;
    const file = opened?.needsLength ? experiment : experiment.replace(/(?<=\ntrain: .*)epochs: \d+/, `epochs: ${Math.max(1, frame?.epoch ?? 100)}`);
    download("experiment.yaml", new Blob([file], { type: "application/yaml" }));
  };
  const saveModel = async (): Promise<void> => {
    const { file, bytes } = await client.ask<{ file: string; bytes: string }>("model");
    download(file, new Blob([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], { type: "application/octet-stream" }));
  };
  const loadModel = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    let binary = "";
    for (const byte of bytes) binary += String.fromCharCode(byte);
    client.send({ type: "load", model: btoa(binary) });
  };
  const saveWithWeights = (): void => {
    void client.settled().then(() => client.ask<{ experiment: string }>("experiment")).then(
      ({ experiment }) => saveExperiment(experiment),
      (error: Error) => client.refuse(error.message),
    );
  };
  const message = client.lost ? text.lost : client.refusal;
  const why = frame === null || running ? null : whyStopped(frame);
  const ringed = operation !== null ? new Set([operation.index]) : marked.examples;
  return (
    <Answers.Provider value={client.answers}>
      <section class="bar" aria-label={text.drive}>
        <Drive
          opened={opened}
          frame={frame}
          running={client.running}
          by={by}
          speed={speed}
          condition={condition}
          act={(name) => act.current[name]!()}
          onBy={(name) => setOwn((now) => ({ ...now, by: name === "epoch" ? "" : name }))}
          onSpeed={(epochs) => {
            setSpeed(epochs);
            client.send({ type: "speed", epochs });
          }}
          onCondition={(next) => {
            setOwn((now) => ({ ...now, until: next === null ? "" : `${next.kind},${next.value}` }));
            if (next !== null) play(next);
          }}
        />
        {controls}
      </section>
      {why !== null && <p class="ending">{why}</p>}
      {frame?.problem !== undefined && (
        <div class="message origin" role="alert">
          <span aria-hidden="true" class="sign">!</span>
          <span>{frame.problem}</span>
          <button type="button" class="plain" onClick={() => act.current["batch back"]!()}>{text.back("batch")}</button>
        </div>
      )}
      {message !== null && (
        <div class="message" role="alert">
          <span>{message}</span>
          {client.refusal !== null && <button type="button" class="plain" onClick={() => { client.refusal = null; choose(null); }}>{text.dismiss}</button>}
        </div>
      )}
      {opened.notes.length > 0 && (
        <div class="message notes" role="status">
          <strong>{text.notes}</strong>
          <ul>{opened.notes.map((note) => <li key={note}>{note}</li>)}</ul>
        </div>
      )}
      <main>
        {data}
        <section class="middle" aria-labelledby="network">
          <h2 id="network">{text.network}</h2>
          <p class="lead">{opened.bounds === undefined ? text.networkLeadTable : text.networkLead}</p>
          <Figure title={text.network}>
            <NetworkView
              client={client}
              hello={hello}
              opened={opened}
              frame={frame}
              features={features}
              chosen={chosen}
              onChoose={choose}
              operation={within}
              below={statistics === null ? undefined : { height: BARS * parseFloat(getComputedStyle(document.documentElement).fontSize), column: (layer) => (layer === 0 ? <LayerNames /> : <LayerBars statistics={statistics} layer={layer - 1} />) }}
            />
          </Figure>
          {within !== undefined && <Walk opened={opened} frame={frame!} within={within} answer={operation} isCurrent={walked.isCurrent} />}
          <Inspector client={client} opened={opened} frame={frame} chosen={chosen} />
          <Part name="numbers">
            <details open={isOpen("layers")} onToggle={toggle("layers")}>
              <summary>{text.time.statistics}</summary>
              {statistics !== null && <LayerTable opened={opened} statistics={statistics} />}
            </details>
            <details open={isOpen("numbers")} onToggle={toggle("numbers")}>
              <summary>{text.numbers}</summary>
              {isOpen("numbers") && <Numbers opened={opened} frame={frame} />}
            </details>
          </Part>
        </section>
        <Result
          client={client}
          opened={opened}
          frame={frame}
          features={features}
          chosen={chosen}
          marked={ringed}
          markedTest={looked === null && marked.isTest}
          onView={(key, value) => client.open((now) => ({ ...now.settings, [key]: `${value}` }), true)}
        >
          <Part name="curves">
            <LossChart client={client} scales={own.scales ?? ""} onScales={(scales) => setOwn((now) => ({ ...now, scales }))} />
          </Part>
          <details open={isOpen("metrics")} onToggle={toggle("metrics")}>
            <summary>{text.time.metrics}</summary>
            {isOpen("metrics") && (
              <Confusion key={opened.experiment} client={client} opened={opened} frame={frame} onMark={(examples, isTest) => mark({ examples, isTest })} />
            )}
          </details>
        </Result>
      </main>
      <footer>
        <p>{frame?.touched ? text.touched : text.link}</p>
        <div class="footactions">
          <label class="plain file">
            {text.loadModel}
            <input type="file" class="unseen" accept=".safetensors" onChange={(event) => { void loadModel(event.currentTarget.files?.[0]); event.currentTarget.value = ""; }} />
          </label>
          <button type="button" class="plain" title={text.saveModelTitle} onClick={() => void saveModel()}>{text.saveModel}</button>
          <Part name="experiment">
            <button type="button" class="plain" title={text.experimentTitle} onClick={() => void client.settled().then(() => saveExperiment(client.opened!.experiment))}>{text.experiment}</button>
            {frame?.touched && <button type="button" class="plain" title={text.time.withWeightsTitle} onClick={saveWithWeights}>{text.experiment} {text.time.withWeights}</button>}
          </Part>
        </div>
      </footer>
      <p class="unseen" role="status">
        {why !== null ? why : frame !== null && !running && frame.epoch > 0 && within === undefined ? text.stopped(frame.epoch, short(frame.train.loss), frame.test === undefined ? null : short(frame.test.loss)) : ""}
      </p>
    </Answers.Provider>
  );
}
