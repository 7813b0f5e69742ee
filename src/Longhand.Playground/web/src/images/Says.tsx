import { useState } from "preact/hooks";
import { LossChart } from "../LossChart";
import type { Client } from "../client";
import type { Frame, ImagesOpened } from "../protocol";
import { short } from "../settings";
import { text } from "../text";

const words = text.images;
// A longer name is written smaller.
const MOST_LETTERS = 3;

/** What the network says of the picture, and how far it has learned. */
export function Says({ client, images, frame }: { client: Client; images: ImagesOpened; frame: Frame }) {
  const [scales, setScales] = useState("");
  const image = frame.image!;
  const { scores, found, probable } = image;
  const numbers = scores.map((score) => score ?? 0);
  const [least, most] = [Math.min(0, ...numbers), Math.max(probable ? 1 : 1e-9, ...numbers)];
  const share = (accuracy: number | undefined): string => (accuracy === undefined ? "" : `${(100 * accuracy).toFixed(accuracy === 1 ? 0 : 1)} % ${text.accuracy}`);
  const name = (c: number): string => images.classes[c] ?? `${c}`;
  const number = (score: number | null): string => (score === null ? "—" : probable ? `${(100 * score).toFixed(score > 0.9995 || score < 0.0005 ? 0 : 1)} %` : short(score));
  return (
    <section class="says" aria-labelledby="says">
      <h2 id="says">{words.says}</h2>
      <p class="verdict" data-testid="verdict">
        <strong class={name(found).length > MOST_LETTERS ? "long" : ""}>{name(found)}</strong>
        <span>{probable ? number(scores[found] ?? null) : ""}{image.class === undefined ? "" : image.class === found ? ` · ${words.right}` : ` · ${words.wrong(name(image.class))}`}</span>
      </p>
      <table class="scores">
        <caption class="unseen">{probable ? words.probabilities : words.outputs}</caption>
        <tbody>
          {scores.map((score, c) => (
            <tr key={c} class={c === found ? "found" : ""}>
              <th scope="row">{name(c)}{image.class === c && <><b aria-hidden="true" title={words.isTrue}>✓</b><span class="unseen"> ({words.isTrue})</span></>}</th>
              <td class="bar-cell"><i style={{ width: `${(100 * Math.max(0, (score ?? 0) - Math.min(0, least))) / (most - least)}%` }} /></td>
              <td>{number(score)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl class="losses">
        <div class="train"><dt>{text.trainLoss}</dt><dd>{short(frame.train.loss)}</dd><dd class="small">{share(frame.train.accuracy)}</dd></div>
        <div class="test"><dt>{text.testLoss}</dt><dd>{short(frame.test?.loss)}</dd><dd class="small" data-testid="accuracy">{share(frame.test?.accuracy)}</dd></div>
      </dl>
      {images.measuredTrain < images.train && <p class="hint">{words.measured(images.measuredTrain, images.measuredTest)}</p>}
      <LossChart client={client} scales={scales} onScales={setScales} />
    </section>
  );
}
