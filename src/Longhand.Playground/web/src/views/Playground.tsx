import { useContext, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Controls } from "../Controls";
import { DataPanel } from "../DataPanel";
import { download } from "../download";
import { Choice, Round } from "../fields";
import { Icon } from "../icons";
import { Inspector, Numbers } from "../Inspector";
import { NetworkView, type Place } from "../NetworkView";
import { Result } from "../Result";
import { type Column, columnsOf, short, withLayer, withoutLayer, writeNetwork } from "../settings";
import { ControlRules, Part, stateOf } from "../rules";
import { text } from "../text";
import type { ViewProps } from "../views";

/** The controls that keys stand for. */
const controlOf: Record<string, string> = { toggle: "play", epoch: "step", batch: "step", reset: "reset", weights: "weights", more: "layers", fewer: "layers" };

/** Data on the left, the network in the middle, what it has learned on the right. */
export function Playground({ client, rest, setRest, setHelp }: ViewProps) {
  const [chosen, choose] = useState<Place | null>(null);
  const [speed, setSpeed] = useState(1);
  const [showsNumbers, showNumbers] = useState(false);
  const rules = useContext(ControlRules);
  const { hello, opened, frame } = client;
  const running = frame?.running ?? false;

  useEffect(() => {
    if (client.opened === null || client.opened.images !== undefined) client.begin(rest);
    setHelp({ lead: text.helpLead, keys: text.keys });
  }, []);

  // The features' pictures come with the experiment, as text.
  const features = useMemo(() => Uint8Array.from(atob(opened?.featureMaps ?? ""), (c) => c.charCodeAt(0)), [opened]);

  const relayer = (change: (columns: Column[]) => Column[]): void => {
    choose(null);
    client.open((now) => ({ ...now.settings, network: writeNetwork(now.features.length, change(columnsOf(now.layers))) }));
  };
  const act = useRef<Record<string, () => void>>({});
  act.current = {
    toggle: () => client.send({ type: running ? "pause" : "play" }),
    epoch: () => client.send({ type: "step" }),
    batch: () => client.send({ type: "step", by: "batch" }),
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
        : ({ r: "reset", R: "reset", n: "weights", N: "weights", "+": "more", "-": "fewer" } as Record<string, string>)[event.key];
      if (name === undefined || stateOf(ruled.current, controlOf[name]) !== "shown") return;
      event.preventDefault();
      act.current[name]!();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  // The address says what is shown; where it stands still, the epoch too.
  const stands = frame !== null && !running && !frame.touched && frame.epoch + frame.batch > 0 && frame.epoch <= 100000;
  const link = opened === null || opened.images !== undefined ? null : `${opened.link}${stands ? `&epoch=${frame.epoch}${frame.batch > 0 ? `,${frame.batch}` : ""}` : ""}`;
  useEffect(() => {
    if (link !== null && !running) setRest(link);
  }, [link, running]);

  const controls = useMemo(() => hello && opened && <Controls client={client} hello={hello} opened={opened} />, [opened, hello]);
  const data = useMemo(() => hello && opened && <DataPanel client={client} hello={hello} opened={opened} />, [opened, hello]);

  if (hello === null || opened === null || opened.images !== undefined) return <main class="wait"><p role="status">{client.lost ? text.lost : text.connecting}</p></main>;

  const saveExperiment = (): void => {
    // Where a schedule needs the length of the run, that stays what it is.
    const file = opened.needsLength ? opened.experiment : opened.experiment.replace(/(?<=\ntrain: .*)epochs: \d+/, `epochs: ${Math.max(1, frame?.epoch ?? 100)}`);
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
  const message = client.lost ? text.lost : (frame?.problem ?? client.refusal);
  return (
    <>
      <section class="bar" aria-label={text.drive}>
        <div class="drive" role="group" aria-label={text.title}>
          <Round name="reset" label={text.reset} onClick={() => act.current.reset!()}><Icon name="reset" /></Round>
          <Part name="play"><button type="button" class="play" aria-label={running ? text.pause : text.play} title={running ? text.pause : text.play} onClick={() => act.current.toggle!()}>
            <Icon name={running ? "pause" : "play"} />
          </button></Part>
          <Round name="step" label={text.stepEpoch} onClick={() => act.current.epoch!()}><Icon name="epoch" /></Round>
          <Round name="step" label={text.stepBatch} onClick={() => act.current.batch!()}><Icon name="batch" /></Round>
          <Round name="weights" label={text.newWeights} onClick={() => act.current.weights!()}><Icon name="dice" /></Round>
          <div class="epoch">
            <span>{text.epoch}</span>
            <strong data-testid="epoch">{(frame?.epoch ?? 0).toLocaleString("en").replaceAll(",", " ")}</strong>
            <small>{frame !== null && frame.batch > 0 && !running ? text.batchOf(frame.batch) : ""}</small>
          </div>
          <Choice
            name="speed"
            label={text.speed}
            value={`${speed}`}
            choices={text.speeds.map(([epochs, name]): [string, string] => [`${epochs}`, name])}
            onChoose={(value) => {
              setSpeed(Number(value));
              client.send({ type: "speed", epochs: Number(value) });
            }}
          />
        </div>
        {controls}
      </section>
      {message !== null && message !== undefined && (
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
          <NetworkView client={client} hello={hello} opened={opened} frame={frame} features={features} chosen={chosen} onChoose={choose} />
          <Inspector client={client} opened={opened} frame={frame} chosen={chosen} />
          <Part name="numbers">
            <details onToggle={(event) => showNumbers(event.currentTarget.open)}>
              <summary>{text.numbers}</summary>
              {showsNumbers && <Numbers opened={opened} frame={frame} />}
            </details>
          </Part>
        </section>
        <Result
          client={client}
          opened={opened}
          frame={frame}
          features={features}
          chosen={chosen}
          onView={(key, value) => client.open((now) => ({ ...now.settings, [key]: `${value}` }), true)}
        />
      </main>
      <footer>
        <p>{frame?.touched ? text.touched : text.link}</p>
        <div class="footactions">
          <label class="plain file">
            {text.loadModel}
            <input type="file" class="unseen" accept=".safetensors" onChange={(event) => { void loadModel(event.currentTarget.files?.[0]); event.currentTarget.value = ""; }} />
          </label>
          <button type="button" class="plain" title={text.saveModelTitle} onClick={() => void saveModel()}>{text.saveModel}</button>
          <Part name="experiment"><button type="button" class="plain" title={text.experimentTitle} onClick={saveExperiment}>{text.experiment}</button></Part>
        </div>
      </footer>
      <p class="unseen" role="status">
        {frame !== null && !running && frame.epoch > 0 ? text.stopped(frame.epoch, short(frame.train.loss), frame.test === undefined ? null : short(frame.test.loss)) : ""}
      </p>
    </>
  );
}
