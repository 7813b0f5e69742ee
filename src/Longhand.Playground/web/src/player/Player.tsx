import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ControlRules, type Rules } from "../rules";
import { Round } from "../fields";
import { Figure } from "../Figure";
import { Icon } from "../icons";
import { Inspector, Numbers } from "../Inspector";
import { LossChart } from "../LossChart";
import { NetworkView, type Place } from "../NetworkView";
import type { Client } from "../client";
import type { Frame, Hello, Opened } from "../protocol";
import { Result } from "../Result";
import { short } from "../settings";
import { text } from "../text";

const FRAMES_PER_SECOND = 12;

// What would change the run is left out, or stands as it was.
const rules: Rules = { hide: new Set(["layers", "features", "weights", "data"]), lock: new Set(["activation", "inspector"]) };

const hello: Hello = { activations: [], losses: [], optimizers: [], data: [], images: [], kinds: {} as Hello["kinds"], defaults: {} as Hello["defaults"] };

/** A saved run: its network, its result, its curves, moved through by a slider. There is no server behind it. */
export function Player({ first, frames }: { first: Opened; frames: Frame[] }) {
  const [at, move] = useState(frames.length - 1);
  const [isRunning, run] = useState(false);
  const [chosen, choose] = useState<Place | null>(null);
  const [scales, setScales] = useState("");
  const [opened, change] = useState(first);
  const [showsNumbers, showNumbers] = useState(false);
  const frame = frames[at]!;
  const features = useMemo(() => Uint8Array.from(atob(first.featureMaps), (c) => c.charCodeAt(0)), [first]);
  const history = useMemo(() => {
    const shown = frames.slice(0, at + 1);
    return {
      epoch: shown.map((f) => f.epoch),
      train: shown.map((f) => f.train.loss),
      test: shown.map((f) => f.test?.loss ?? null),
      penalty: shown.map((f) => f.penalty),
      rate: shown.map((f) => f.rate),
    };
  }, [at]);
  // What the page's own views ask of a server, without one.
  const client = { opened, frame, history, hello, pins: [], open: () => undefined, send: () => undefined, lost: false } as unknown as Client;

  const isLast = at === frames.length - 1;
  const toggle = (): void => {
    if (!isRunning && isLast) move(0);
    run(!isRunning);
  };
  const step = (by: number): void => {
    run(false);
    move((now) => Math.min(frames.length - 1, Math.max(0, now + by)));
  };
  const act = useRef({ toggle, step });
  act.current = { toggle, step };

  useEffect(() => {
    if (!isRunning) return undefined;
    if (isLast) {
      run(false);
      return undefined;
    }
    const timer = setTimeout(() => move(at + 1), 1000 / FRAMES_PER_SECOND);
    return () => clearTimeout(timer);
  }, [isRunning, at]);

  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, select, textarea")) return;
      if (event.key === " " && target.closest("button, summary, a") === null) act.current.toggle();
      else if (event.key === "ArrowRight") act.current.step(1);
      else if (event.key === "ArrowLeft") act.current.step(-1);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  const { settings } = opened;
  return (
    <ControlRules.Provider value={rules}>
      <header>
        <h1>Longhand <span>{text.player.saved}</span></h1>
        <p class="said">{settings.network.replaceAll("->", "→")} · {settings.data} · {settings.loss} · {settings.optimizer}</p>
      </header>
      <section class="bar player" aria-label={text.drive}>
        <div class="drive">
          <Round label={text.player.first} onClick={() => { run(false); move(0); }}><Icon name="reset" /></Round>
          <button type="button" class="play" aria-label={isRunning ? text.pause : text.play} title={isRunning ? text.pause : text.play} onClick={toggle}>
            <Icon name={isRunning ? "pause" : "play"} />
          </button>
          <Round label={text.player.next} disabled={isLast} onClick={() => step(1)}><Icon name="batch" /></Round>
          <div class="epoch">
            <span>{text.epoch}</span>
            <strong data-testid="epoch">{frame.epoch.toLocaleString("en").replaceAll(",", " ")}</strong>
            <small>{frame.batch > 0 ? text.batchOf(frame.batch) : ""}</small>
          </div>
        </div>
        <label class="slider">
          <span>{text.player.slider}</span>
          <span class="amount">{frame.epoch}</span>
          <input
            type="range"
            aria-label={text.player.slider}
            min={0}
            max={frames.length - 1}
            value={at}
            aria-valuetext={`${text.epoch} ${frame.epoch}`}
            onInput={(event) => {
              run(false);
              move(Number(event.currentTarget.value));
            }}
          />
        </label>
      </section>
      {frame.problem !== undefined && <div class="message" role="alert">{frame.problem}</div>}
      <main>
        <section class="middle" aria-labelledby="network">
          <h2 id="network">{text.network}</h2>
          <p class="lead">{text.networkLead}</p>
          <Figure title={text.network}>
            <NetworkView client={client} hello={hello} opened={opened} frame={frame} features={features} chosen={chosen} onChoose={choose} />
          </Figure>
          <Inspector client={client} opened={opened} frame={frame} chosen={chosen} />
          <details onToggle={(event) => showNumbers(event.currentTarget.open)}>
            <summary>{text.numbers}</summary>
            {showsNumbers && <Numbers opened={opened} frame={frame} />}
          </details>
        </section>
        <Result
          client={client}
          opened={opened}
          frame={frame}
          features={features}
          chosen={chosen}
          marked={null}
          markedTest={false}
          onView={(key, value) => change({ ...opened, settings: { ...settings, [key]: `${value}` } })}
        >
          <LossChart client={client} scales={scales} onScales={setScales} pins={false} />
        </Result>
      </main>
      <footer>
        <p>{text.player.made}</p>
        <details>
          <summary>{text.experiment}</summary>
          <pre tabIndex={0}>{opened.experiment}</pre>
        </details>
      </footer>
      <p class="unseen" role="status">
        {isRunning ? "" : text.stopped(frame.epoch, short(frame.train.loss), frame.test === undefined ? null : short(frame.test.loss))}
      </p>
    </ControlRules.Provider>
  );
}
