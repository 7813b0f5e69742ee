import { useEffect, useState } from "preact/hooks";
import { Choice, Entry, Round } from "../fields";
import { Icon } from "../icons";
import type { Client } from "../client";
import type { Frame, Hello, ImagesOpened, Opened } from "../protocol";
import { readLine, withOption, writeLine } from "../settings";
import { Part, useControl } from "../rules";
import { text } from "../text";

const words = text.images;
const rates = ["0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3"];
// Where an epoch takes long, one wants to see it pass.
const MANY_BATCHES = 200;
const batches = ["1", "8", "16", "32", "64", "128"];

/** Networks to begin with, for images of a size. */
function presets(side: number): [string, string][] {
  const head = `${side}x${side}x1`;
  const small = side < 20;
  return [
    [`${head} -> conv 8 3x3 pad same relu -> maxpool 2 -> dense 10`, words.presets.small],
    [`${head} -> conv 8 3x3 pad same nobias -> batchnorm -> relu -> maxpool 2 -> conv 16 3x3 pad same nobias -> batchnorm -> relu -> maxpool 2 -> dense 10`, words.presets.batchnorm],
    [`${head} -> conv 8 3x3 pad same relu -> conv 16 3x3 relu -> maxpool 2 -> dropout 0.3 -> dense 10`, words.presets.dropout],
    [
      small
        ? `${head} -> conv 6 3x3 pad same tanh -> avgpool 2 -> conv 16 3x3 tanh -> dense 32 tanh -> dense 10`
        : `${head} -> conv 6 5x5 pad same tanh -> avgpool 2 -> conv 16 5x5 tanh -> avgpool 2 -> dense 120 tanh -> dense 84 tanh -> dense 10`,
      words.presets.lenet,
    ],
    [`${head} -> dense 32 relu -> dense 10`, words.presets.dense],
  ];
}

/** What drives the training, and the network as it is written. */
export function Bar({ client, hello, opened, images, frame, running, act, onDismiss, speed, onSpeed }: {
  client: Client;
  hello: Hello;
  opened: Opened;
  images: ImagesOpened;
  frame: Frame | null;
  /** Whether it trains, as far as has been asked. */
  running: boolean;
  act: Record<"toggle" | "epoch" | "batch" | "reset" | "weights", () => void>;
  onDismiss: () => void;
  speed: number;
  onSpeed: (epochs: number) => void;
}) {
  const { settings } = opened;
  const play = useControl("play");
  const optimizer = readLine(settings.optimizer);
  const known = presets(images.height);
  return (
    <section class="bar images-bar" aria-label={text.drive}>
      <div class="drive" role="group" aria-label={text.drive}>
        <Round name="reset" label={text.reset} onClick={act.reset}><Icon name="reset" /></Round>
        {play !== "hidden" && <button type="button" class="play" disabled={play === "locked"} aria-label={running ? text.pause : text.play} title={running ? text.pause : text.play} onClick={act.toggle}>
          <Icon name={running ? "pause" : "play"} />
        </button>}
        <Round name="step" label={text.step("epoch")} onClick={act.epoch}><Icon name="epoch" /></Round>
        <Round name="step" label={text.step("batch")} onClick={act.batch}><Icon name="batch" /></Round>
        <Round name="weights" label={text.newWeights} onClick={act.weights}><Icon name="dice" /></Round>
        <div class="epoch">
          <span>{text.epoch}</span>
          <strong data-testid="epoch">{frame?.epoch ?? 0}</strong>
          <small>{frame !== null && frame.batch > 0 && (!frame.running || images.batches > MANY_BATCHES) ? words.batchOf(frame.batch, images.batches) : ""}</small>
        </div>
        <Choice name="speed" label={text.speed} value={`${speed}`} choices={text.speeds.map(([epochs, name]): [string, string] => [`${epochs}`, name])} onChoose={(value) => onSpeed(Number(value))} />
      </div>
      <div class="controls">
        {hello.images.length > 1 && (
          <Choice
            name="data"
            label={text.data}
            value={settings.data}
            choices={hello.images.map((name): [string, string] => [name, words.sets[name] ?? name])}
            onChoose={(data) =>
              client.open((now) => ({ ...now.settings, data, network: now.settings.network.replace(/^\d+x\d+x1/, data === "digits" ? "8x8x1" : "28x28x1") }))
            }
          />
        )}
        <Choice
          name="layers"
          label={words.preset}
          value={known.some(([network]) => network === settings.network) ? settings.network : ""}
          choices={known.some(([network]) => network === settings.network) ? known : [["", words.ownNetwork], ...known]}
          onChoose={(network) => network !== "" && client.open((now) => ({ ...now.settings, network }))}
        />
        <Choice
          name="optimizer"
          label={text.optimizer}
          value={optimizer.name}
          choices={hello.optimizers}
          onChoose={(name) => client.open((now) => ({ ...now.settings, optimizer: writeLine({ name, words: [], options: { lr: readLine(now.settings.optimizer).options.lr ?? "0.01" } }) }), true)}
        />
        <Choice
          name="rate"
          label={text.rate}
          value={optimizer.options.lr ?? ""}
          choices={rates}
          onChoose={(lr) => client.open((now) => ({ ...now.settings, optimizer: withOption(now.settings.optimizer, "lr", lr) }), true)}
        />
        <Choice name="batch" label={text.batch} value={settings.batch} choices={batches} onChoose={(batch) => client.open((now) => ({ ...now.settings, batch }), true)} />
        <Entry name="seed" label={text.seed} value={settings.seed} numeric onChoose={(seed) => client.open((now) => ({ ...now.settings, seed }))} />
      </div>
      <Part name="layers"><Notation network={settings.network} refusal={client.refusal} onChoose={(network) => client.open((now) => ({ ...now.settings, network }))} onDismiss={onDismiss} /></Part>
    </section>
  );
}

/** The network as text; what is wrong with it is said beneath, and the text stays to be mended. */
function Notation({ network, refusal, onChoose, onDismiss }: { network: string; refusal: string | null; onChoose: (network: string) => void; onDismiss: () => void }) {
  const [draft, setDraft] = useState(network);
  useEffect(() => setDraft(network), [network]);
  const isWrong = refusal !== null;
  return (
    <form
      class="notation"
      // The key Enter ends the change, which is what counts.
      onSubmit={(event) => event.preventDefault()}
    >
      <label class="field">
        <span>{text.network}</span>
        <input
          type="text"
          value={draft}
          spellcheck={false}
          autocomplete="off"
          aria-invalid={isWrong}
          aria-describedby={isWrong ? "notation-wrong" : undefined}
          onInput={(event) => setDraft(event.currentTarget.value)}
          onChange={(event) => event.currentTarget.value.trim() !== network && onChoose(event.currentTarget.value.trim())}
        />
      </label>
      {isWrong && (
        <p class="mistake" id="notation-wrong" role="alert">
          {refusal}
          {draft !== network && <button type="button" class="chip" onClick={() => { onDismiss(); setDraft(network); }}>{words.takeBack}</button>}
        </p>
      )}
    </form>
  );
}
