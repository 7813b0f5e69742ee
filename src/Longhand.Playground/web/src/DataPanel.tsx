import { useState } from "preact/hooks";
import { CsvDialog } from "./CsvDialog";
import "./data.css";
import { download } from "./download";
import { Choice, Entry, Slider } from "./fields";
import { DataIcon } from "./icons";
import { Part } from "./rules";
import type { Client } from "./client";
import type { Hello, Opened } from "./protocol";
import { readDrawing, writeDrawing } from "./points";
import { chooseData, newSeed, noiseIsShare, readLine, withOption, writeLine } from "./settings";
import { text } from "./text";

const own = ["points", "table", "formula", "boolean"];
const MOST_CONVERTED = 400;
const MOST_CLASSES = 10;

// What one begins to draw from where the present examples are no points of a plane.
const beginning = "points '1.5,1.5 2,3 3,2 2.5,3.5 3.5,3; -1.5,-1.5 -2,-3 -3,-2 -2.5,-3.5 -3.5,-3'";

/** The present examples as points that can be drawn on. */
function asPoints(opened: Opened): string {
  if (readDrawing(opened.settings.data) !== null) return opened.settings.data;
  if (opened.bounds === undefined || opened.x.length === 0) return beginning;
  const classes = opened.classes ? Math.max(2, opened.classNames.length) : 0;
  const every = Math.ceil(opened.x.length / MOST_CONVERTED);
  const points = opened.x.flatMap((x, i) => {
    const label = classes === 2 ? (opened.label[i]! + 1) / 2 : opened.label[i]!;
    return i % every === 0 ? [{ x, y: opened.y[i]!, label }] : [];
  });
  return writeDrawing({ points, classes, isValued: classes === 0 });
}

// Batch sizes of which one of a few hundred examples can be told from the next.
function batchSteps(trained: number, now: string): string[] {
  const steps = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 16, 20, 25, 30, 32, 40, 50, 64, 80, 100, 128, 200, 256, 500, 512, 1000, 2000, 5000].filter((step) => step < trained);
  if (/^\d+$/.test(now) && !steps.includes(Number(now))) steps.push(Number(now));
  return [...steps.sort((a, b) => a - b).map(String), "all"];
}

/** What there is to learn. */
export function DataPanel({ client, hello, opened }: { client: Client; hello: Hello; opened: Opened }) {
  const [pastes, setPastes] = useState(false);
  const { settings } = opened;
  const data = readLine(settings.data);
  const kind = hello.kinds.data.find(({ name }) => name === data.name);
  const option = (name: string): string | undefined => (kind?.options.some((known) => known.name === name) ? (data.options[name] ?? kind.options.find((known) => known.name === name)!.default ?? "") : undefined);
  const open = (line: (now: Opened) => string): void => client.open((now) => ({ ...now.settings, data: line(now) }), false, true);
  const set = (name: string, value: string): void => open((now) => withOption(now.settings.data, name, value));
  const noise = option("noise");
  const classes = option("classes");
  const isShare = noiseIsShare(data.name);
  const steps = batchSteps(opened.trained, settings.batch);
  const saveData = async (): Promise<void> => {
    const { file, text: content } = await client.ask<{ file: string; text: string }>("data");
    download(file, new Blob([content], { type: "text/csv" }));
  };
  return (
    <section class="data" aria-labelledby="data">
      <h2 id="data">{text.data}</h2>
      <p class="lead">{text.dataLead}</p>
      <Part name="data">
      <div class="sets" role="group" aria-label={text.data}>
        {hello.data.filter((name) => !own.includes(name)).map((name) => (
          <button key={name} type="button" class="set" aria-pressed={name === data.name} title={text.dataNames[name] ?? name} aria-label={text.dataNames[name] ?? name} onClick={() => open((now) => chooseData(now.settings.data, name))}>
            <DataIcon name={name} />
          </button>
        ))}
      </div>
      <div class="own" role="group" aria-label={text.ownData}>
        <button type="button" class="chip" aria-pressed={data.name === "points"} onClick={() => open(asPoints)}>{text.draw}</button>
        <button type="button" class="chip" aria-pressed={data.name === "table"} aria-haspopup="dialog" onClick={() => setPastes(true)}>{text.paste}</button>
        <button type="button" class="chip" aria-pressed={data.name === "formula"} onClick={() => data.name !== "formula" && open((now) => chooseData(now.settings.data, "formula"))}>{text.formula}</button>
        <button type="button" class="chip" aria-pressed={data.name === "boolean"} onClick={() => data.name !== "boolean" && open((now) => chooseData(now.settings.data, "boolean"))}>{text.truthTable}</button>
      </div>
      {(data.name === "formula" || data.name === "boolean") && (
        <div class="expression">
          <Entry label={text.expressionLabels[data.name]!} value={data.words[0] ?? ""} onChoose={(written) => open((now) => writeLine({ ...readLine(now.settings.data), words: [written] }))} />
          <p class="hint">{text.expressionHints[data.name]}</p>
        </div>
      )}
      </Part>
      {data.name === "points" && <p class="hint">{text.drawHint}</p>}
      {data.name === "table" && <p class="hint">{text.tableIs(opened.examples, opened.columns.length)}</p>}
      {opened.dataNotes.map((note) => <p key={note} class="hint">{note}</p>)}
      <Slider name="share" label={text.share} value={Math.round(100 * Number(settings.split))} shown={`${Math.round(100 * Number(settings.split))} %`} min={10} max={90} step={10} onChoose={(value) => client.open((now) => ({ ...now.settings, split: `${value / 100}` }), false, true)} />
      {classes !== undefined && <Slider name="data" label={text.classes} value={Number(classes)} shown={classes} min={2} max={MOST_CLASSES} step={1} onChoose={(value) => set("classes", `${value}`)} />}
      {noise !== undefined &&
        (isShare ? (
          <Slider name="noise" label={text.noise} value={Math.round(100 * Number(noise))} shown={`${Math.round(100 * Number(noise))} %`} min={0} max={50} step={5} onChoose={(value) => set("noise", `${value / 100}`)} />
        ) : (
          <Slider name="noise" label={text.noise} value={Number(noise)} shown={noise} min={0} max={data.name === "blobs" ? 5 : 2} step={data.name === "blobs" ? 0.5 : 0.1} onChoose={(value) => set("noise", `${Number(value.toFixed(2))}`)} />
        ))}
      <Slider name="batch" label={text.batch} value={Math.max(0, steps.indexOf(settings.batch))} shown={settings.batch} min={0} max={steps.length - 1} step={1} onChoose={(value) => client.open((now) => ({ ...now.settings, batch: steps[value]! }), true)} />
      <div class="pair">
        {option("n") !== undefined && <Entry name="examples" label={text.examples} value={option("n")!} numeric onChoose={(n) => set("n", n)} />}
        {option("seed") !== undefined && <Entry name="seed" label={text.seed} value={option("seed")!} onChoose={(seed) => set("seed", seed)} />}
        {option("extent") !== undefined && <Entry label={text.extent} value={option("extent")!} numeric onChoose={(extent) => set("extent", extent)} />}
      </div>
      {opened.bounds === undefined && (
        <div class="scaling">
          <Choice label={text.scale} value={settings.scale} choices={hello.kinds.scale.map((name): [string, string] => [name, text.scaleNames[name] ?? name])} onChoose={(scale) => client.open((now) => ({ ...now.settings, scale }))} />
        </div>
      )}
      <div class="dataactions">
        {option("seed") !== undefined && <Part name="seed"><button type="button" class="plain" onClick={() => set("seed", newSeed(data.name))}>{text.regenerate}</button></Part>}
        <button type="button" class="plain" title={text.saveDataTitle} onClick={() => void saveData()}>{text.saveData}</button>
      </div>
      {pastes && <CsvDialog client={client} onClose={() => setPastes(false)} onTake={(line) => { setPastes(false); open(() => line); }} />}
    </section>
  );
}
