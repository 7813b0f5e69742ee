import type { ComponentChildren } from "preact";
import { nameOf, type Place } from "./NetworkView";
import { PlaneView } from "./PlaneView";
import type { Client } from "./client";
import type { Frame, Opened } from "./protocol";
import { short } from "./settings";
import { TableView } from "./TableView";
import { text } from "./text";

/** What has been learned: the output over the plane, and the losses. */
export function Result({ client, opened, frame, features, chosen, marked, markedTest, onView, children }: {
  client: Client;
  opened: Opened;
  frame: Frame | null;
  features: Uint8Array;
  chosen: Place | null;
  /** Examples that are ringed. */
  marked: Set<number> | null;
  /** Whether they are test examples, which are drawn for it. */
  markedTest: boolean;
  onView: (key: "test" | "discretize", value: boolean) => void;
  /** What stands below. */
  children: ComponentChildren;
}) {
  // Where none is chosen, that of all outputs together.
  const shown = chosen ?? { layer: opened.layers.length, unit: opened.layers[opened.layers.length - 1]!.units };
  const isWhole = chosen === null || (chosen.layer === opened.layers.length && opened.layers[chosen.layer - 1]!.units === 1);

  const share = (accuracy: number | undefined): string => (accuracy === undefined ? "" : `${(100 * accuracy).toFixed(accuracy === 1 ? 0 : 1)} % ${text.accuracy}`);
  return (
    <section class="result" aria-labelledby="result">
      <h2 id="result">{text.result}</h2>
      <p class="lead">{opened.bounds === undefined ? text.tableLead : isWhole ? text.resultLead : nameOf(opened, shown)}</p>
      <dl class="losses">
        <div class="train"><dt>{text.trainLoss}</dt><dd>{short(frame?.train.loss)}</dd><dd class="small">{share(frame?.train.accuracy)}</dd></div>
        <div class="test"><dt>{text.testLoss}</dt><dd>{short(frame?.test?.loss)}</dd><dd class="small">{share(frame?.test?.accuracy)}</dd></div>
        {opened.settings.schedule !== "constant" && <div><dt>{text.rate}</dt><dd>{short(frame?.rate)}</dd><dd class="small" /></div>}
        {opened.settings.regularization !== "none" && <div><dt>{text.penalty}</dt><dd>{short(frame?.penalty)}</dd><dd class="small" /></div>}
      </dl>
      {opened.bounds === undefined ? (
        <TableView key={opened.settings.data} client={client} opened={opened} frame={frame} />
      ) : (
        <PlaneView client={client} opened={opened} frame={frame} features={features} shown={shown} marked={marked} markedTest={markedTest} onView={onView} />
      )}
      {children}
    </section>
  );
}
