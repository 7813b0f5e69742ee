import { useState } from "preact/hooks";
import { Choice, Entry } from "./fields";
import { Options } from "./Options";
import type { Client } from "./client";
import type { Hello, Opened, Settings } from "./protocol";
import { type Column, chooseData, columnsOf, headOf, type Line, readLine, suits, withOption, writeLine, writeNetwork } from "./settings";
import { Part } from "./rules";
import { text } from "./text";

const rates = ["0.00001", "0.0001", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10"];
const strengths = ["0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10"];
const USUAL_STRENGTH = "0.001";

// From here on a person notices that a step, or the pictures of a frame, take their time.
const SLOW_STEP = 5e6;
const SLOW_FRAME = 2e8;
const PLACES = 10_000;

/** "l1 0.01 l2 0.001": each penalty with its strength. */
function penaltiesOf(line: string): Record<string, string> {
  const words = line.split(/[\s,=]+/);
  return Object.fromEntries(["l1", "l2"].flatMap((name) => (words.includes(name) ? [[name, words[words.indexOf(name) + 1] ?? "0"]] : [])));
}

const writePenalties = (to: Record<string, string>): string =>
  Object.entries(to).filter(([, by]) => Number(by) !== 0).map(([name, by]) => `${name} ${by}`).join(" ") || "none";

/** What a step and a frame cost, where that is much. */
function Cost({ opened }: { opened: Opened }) {
  const batch = Math.min(opened.trained, Number(opened.settings.batch) || opened.trained);
  // Forwards once, backwards twice: to the weights and to the inputs.
  const step = 3 * opened.multiplications * batch;
  const frame = opened.multiplications * (opened.bounds === undefined ? opened.trained : PLACES);
  if (step < SLOW_STEP && frame < SLOW_FRAME) return null;
  return <p class="hint cost" role="status">{text.cost(Number(step.toPrecision(2)).toLocaleString("en").replaceAll(",", " "), frame >= SLOW_FRAME)}</p>;
}

/** The line of choices: how it is trained. */
export function Controls({ client, hello, opened }: { client: Client; hello: Hello; opened: Opened }) {
  const [isOpen, setOpen] = useState(false);
  const { settings, classes } = opened;
  const { kinds } = hello;
  const outputs = opened.layers[opened.layers.length - 1]!.units;
  const optimizer = readLine(settings.optimizer);
  const schedule = readLine(settings.schedule);
  const scheduleKind = kinds.schedule.find((kind) => kind.name === schedule.name);
  const lossKind = kinds.loss.find((kind) => kind.name === readLine(settings.loss).name);
  const init = settings.init.split(/[\s=]+/);
  const penalties = penaltiesOf(settings.regularization);
  const penalty = Object.keys(penalties).join(" ") || "none";
  const hidden = opened.layers.slice(0, -1).map((layer) => layer.activation || "identity");
  const shared = hidden.every((name) => name === hidden[0]) ? (hidden[0] ?? "tanh") : "";
  const rateOf = ({ name, words, options }: Line): string =>
    options.lr ?? words.find((word) => /^[\d.]/.test(word)) ?? kinds.optimizer.find((kind) => kind.name === name)?.options.find((option) => option.name === "lr")?.default ?? "";
  const rate = rateOf(optimizer);
  // What is changed may have been changed since it was drawn.
  const set = (change: (now: Settings) => Partial<Settings>, keep = true): void => client.open((now) => ({ ...now.settings, ...change(now.settings) }), keep);
  const withColumns = (now: Opened, change: (column: Column, isOutput: boolean) => Column): string => {
    const columns = columnsOf(now.layers);
    return writeNetwork(now.features.length, columns.map((column, i) => change(column, i === columns.length - 1)));
  };
  const regularize = (to: (now: Record<string, string>) => Record<string, string>): void =>
    set((now) => ({ regularization: writePenalties(to(penaltiesOf(now.regularization))) }));
  return (
    <div class="controls">
      <Choice
        name="problem"
        label={text.problem}
        value={classes ? "classification" : "regression"}
        choices={[["classification", text.classification], ["regression", text.regression]]}
        onChoose={(kind) => client.open((now) => ({ ...now.settings, data: chooseData(now.settings.data, kind === "regression" ? "plane" : "circle") }), false, true)}
      />
      {hidden.length > 0 && (
        <Choice
          name="activation"
          label={text.activation}
          value={shared}
          choices={[...(shared === "" ? [["", text.mixed] as [string, string]] : []), ...hello.activations.filter((name) => !name.endsWith("softmax"))]}
          onChoose={(activation) =>
            activation !== "" &&
            client.open((now) => ({ ...now.settings, network: withColumns(now, (column, isOutput) => (isOutput ? column : { ...column, activation })) }))
          }
        />
      )}
      <Choice
        name="loss"
        label={text.loss}
        value={readLine(settings.loss).name}
        choices={kinds.loss.filter((kind) => suits(kind, outputs, classes)).map((kind) => kind.name)}
        onChoose={(loss) =>
          client.open((now) => ({
            ...now.settings,
            loss,
            network: withColumns(now, (column, isOutput) => (isOutput ? { ...column, activation: headOf(kinds.loss.find((kind) => kind.name === loss)!, column.units, now.classes) } : column)),
          }))
        }
      />
      <Choice
        name="optimizer"
        label={text.optimizer}
        value={optimizer.name}
        choices={hello.optimizers}
        onChoose={(name) => set((now) => ({ optimizer: writeLine({ name, words: [], options: { lr: rateOf(readLine(now.optimizer)) || "0.03" } }) }))}
      />
      <Choice
        name="rate"
        label={text.rate}
        value={rate}
        choices={rates}
        onChoose={(lr) =>
          set((now) => {
            const line = readLine(now.optimizer);
            return { optimizer: withOption(writeLine({ ...line, words: line.words.filter((word) => !/^[\d.]/.test(word)) }), "lr", lr) };
          })
        }
      />
      <Choice
        name="regularization"
        label={text.regularization}
        value={penalty}
        choices={[["none", text.none], ["l1", "L1"], ["l2", "L2"], ["l1 l2", text.both]]}
        onChoose={(chosen) => regularize((now) => Object.fromEntries(chosen === "none" ? [] : chosen.split(" ").map((name) => [name, now[name] ?? USUAL_STRENGTH])))}
      />
      {Object.entries(penalties).map(([name, by]) => (
        <Choice key={name} name="regularization" label={Object.keys(penalties).length > 1 ? `${text.strength} ${name.toUpperCase()}` : text.strength} value={by} choices={["0", ...strengths]} onChoose={(chosen) => regularize((now) => ({ ...now, [name]: chosen }))} />
      ))}
      <button type="button" class="plain morebutton" aria-expanded={isOpen} aria-controls="more-choices" onClick={() => setOpen(!isOpen)}>{isOpen ? text.fewerChoices : text.moreChoices}</button>
      <Cost opened={opened} />
      <div id="more-choices" class="morechoices" hidden={!isOpen}>
        <fieldset>
          <legend>{text.optimizer}</legend>
          <Part name="optimizer"><Options kind={kinds.optimizer.find((kind) => kind.name === optimizer.name)} line={settings.optimizer} without={["lr"]} onChange={(change) => set((now) => ({ optimizer: change(now.optimizer) }))} /></Part>
          {lossKind !== undefined && lossKind.options.length > 0 && <Options kind={lossKind} line={settings.loss} onChange={(change) => set((now) => ({ loss: change(now.loss) }))} />}
        </fieldset>
        <fieldset>
          <legend>{text.schedule}</legend>
          <Choice
            name="rate"
            label={text.schedule}
            value={schedule.name}
            choices={kinds.schedule.map((kind) => kind.name)}
            onChoose={(name) => {
              // What watches the validation loss needs one.
              const watches = kinds.schedule.find((kind) => kind.name === name)?.watches === true;
              set((now) => ({ schedule: name, ...(watches && Number(now.validation) === 0 ? { validation: "0.2" } : {}) }));
            }}
          />
          <Options kind={scheduleKind} line={settings.schedule} onChange={(change) => set((now) => ({ schedule: change(now.schedule) }))} />
          {opened.needsLength && <Entry label={text.runLength} value={settings.epochs} numeric onChoose={(epochs) => set(() => ({ epochs }))} />}
          <Entry label={text.validation} value={settings.validation} numeric onChoose={(validation) => set(() => ({ validation }))} />
        </fieldset>
        <fieldset>
          <legend>{text.start}</legend>
          <Choice name="weights" label={text.init} value={init[0]!} choices={kinds.init.map((kind) => kind.name)} onChoose={(name) => set(() => ({ init: name === "constant" ? "constant 0.5" : name }), false)} />
          {init[0] === "constant" && <Entry label={text.constant} value={init[1] ?? ""} numeric onChoose={(value) => set(() => ({ init: `constant ${value}` }), false)} />}
          <Entry name="weights" label={text.weightSeed} value={settings.weights || text.fromData} onChoose={(weights) => set(() => ({ weights: weights === text.fromData ? "" : weights }), false)} />
          <Entry label={text.runSeed} value={settings.seed} numeric onChoose={(seed) => set(() => ({ seed }), false)} />
        </fieldset>
        <fieldset>
          <legend>{text.rest}</legend>
          <Choice label={text.conventions} value={settings.conventions} choices={kinds.conventions} onChoose={(conventions) => set(() => ({ conventions }), false)} />
          <Choice label={text.scale} value={settings.scale} choices={kinds.scale.map((name): [string, string] => [name, text.scaleNames[name] ?? name])} onChoose={(scale) => set(() => ({ scale }), false)} />
          <Entry name="batch" label={text.batchSize} value={settings.batch} onChoose={(batch) => set(() => ({ batch }))} />
        </fieldset>
        {scheduleKind !== undefined && schedule.name !== "constant" && <p class="hint">{text.scheduleIs(schedule.name, scheduleKind.summary)}</p>}
      </div>
    </div>
  );
}
