import { DataIcon } from "./icons";
import { Entry, Slider } from "./fields";
import { Part } from "./rules";
import type { Client, Hello, Opened } from "./protocol";
import { chooseData, newSeed, readLine, writeLine } from "./settings";
import { text } from "./text";

/** What there is to learn. */
export function DataPanel({ client, hello, opened }: { client: Client; hello: Hello; opened: Opened }) {
  const { settings } = opened;
  const data = readLine(settings.data);
  const noise = Number(data.options.noise ?? "0");
  const withOption = (key: string, value: string): void =>
    client.open((now) => {
      const line = readLine(now.settings.data);
      return { ...now.settings, data: writeLine({ ...line, options: { ...line.options, [key]: value } }) };
    });
  return (
    <section class="data" aria-labelledby="data">
      <h2 id="data">{text.data}</h2>
      <p class="lead">{text.dataLead}</p>
      <Part name="data">
      <div class="sets" role="group" aria-label={text.data}>
        {hello.data.map((name) => (
          <button key={name} type="button" class="set" aria-pressed={name === data.name} title={text.dataNames[name] ?? name} aria-label={text.dataNames[name] ?? name} onClick={() => client.open((now) => chooseData(now, name))}>
            <DataIcon name={name} />
          </button>
        ))}
      </div>
      </Part>
      <Slider name="share" label={text.share} value={Math.round(100 * Number(settings.split))} shown={`${Math.round(100 * Number(settings.split))} %`} min={10} max={90} step={10} onChoose={(value) => client.open((now) => ({ ...now.settings, split: `${value / 100}` }))} />
      <Slider name="noise" label={text.noise} value={Math.round(100 * noise)} shown={`${Math.round(100 * noise)} %`} min={0} max={50} step={5} onChoose={(value) => withOption("noise", `${value / 100}`)} />
      <Slider name="batch" label={text.batch} value={Number(settings.batch) || opened.trained} shown={settings.batch} min={1} max={Math.max(30, Number(settings.batch) || 0)} step={1} onChoose={(value) => client.open((now) => ({ ...now.settings, batch: `${value}` }), true)} />
      <div class="pair">
        <Entry name="examples" label={text.examples} value={data.options.n ?? "500"} numeric onChoose={(n) => withOption("n", n)} />
        <Entry name="seed" label={text.seed} value={data.options.seed ?? ""} onChoose={(seed) => withOption("seed", seed)} />
      </div>
      <Part name="seed"><button type="button" class="plain" onClick={() => withOption("seed", newSeed(data.name))}>{text.regenerate}</button></Part>
    </section>
  );
}
