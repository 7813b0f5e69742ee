import { useDraft } from "./drafts";
import { nameOf, type Place } from "./NetworkView";
import type { Client } from "./client";
import type { Frame, Opened } from "./protocol";
import { pretty, short } from "./settings";
import { Part, useControl } from "./rules";
import { text } from "./text";

const subscript = (n: number): string => `${n}`.replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]!);

function NumberField({ label, value, stamp, onSet }: { label: string; value: number | null; stamp: number | null; onSet: (value: number) => void }) {
  const draft = useDraft(value === null ? "" : `${Number(value.toPrecision(5))}`, stamp);
  return (
    <label class="number">
      <span>{label}</span>
      <input
        type="number"
        step="0.1"
        value={draft.shown}
        onInput={(event) => draft.type(event.currentTarget.value)}
        onBlur={draft.leave}
        onChange={(event) => {
          const number = event.currentTarget.valueAsNumber;
          if (!Number.isFinite(number)) return draft.leave();
          draft.finish(event.currentTarget.value);
          onSet(number);
        }}
      />
    </label>
  );
}

/** The numbers of one unit, to be read and to be changed. */
export function Inspector({ client, opened, frame, chosen }: { client: Client; opened: Opened; frame: Frame | null; chosen: Place | null }) {
  const weights = frame?.weights;
  const hint = useControl("inspector") === "shown" ? text.chosen : text.player.chosen;
  if (chosen === null || chosen.layer === 0 || weights === undefined) return <p class="inspector lead">{hint}</p>;
  const layer = opened.layers[chosen.layer - 1];
  if (layer === undefined || chosen.unit >= layer.units) return <p class="inspector lead">{hint}</p>;
  const inputs = chosen.layer === 1 ? opened.features.length : opened.layers[chosen.layer - 2]!.units;
  const input = (i: number): string => (chosen.layer === 1 ? pretty(opened.features[i]!) : `h${subscript(i + 1)}`);
  const all = weights[layer.weight]!.slice(chosen.unit * inputs, (chosen.unit + 1) * inputs);
  const bias = layer.bias === null ? null : weights[layer.bias]![chosen.unit]!;
  const sum = all.map((weight, i) => `${i > 0 && (weight ?? 0) >= 0 ? "+ " : ""}${short(weight)}·${input(i)}`.replace(/^−/, i > 0 ? "− " : "−")).join(" ");
  const whole = `${sum}${bias === null ? "" : ` ${(bias ?? 0) < 0 ? "−" : "+"} ${short(Math.abs(bias ?? 0))}`}`;
  const edit = (parameter: number, index: number) => (value: number): void =>
    client.send({ type: "edit", parameter: opened.parameters[parameter]!, index, value });
  return (
    <section class="inspector" aria-label={nameOf(opened, chosen)}>
      <h3>{nameOf(opened, chosen)}</h3>
      <p class="formula">{layer.activation === "" || layer.activation === "identity" ? whole : `${layer.activation}(${whole})`}</p>
      <Part name="inspector">
      <div class="fields">
        {all.map((weight, i) => (
          <NumberField key={`${chosen.layer} ${chosen.unit} ${i}`} label={`${text.weight} ${text.from} ${input(i)}`} value={weight} stamp={client.settlements ?? null} onSet={edit(layer.weight, chosen.unit * inputs + i)} />
        ))}
        {layer.bias !== null && <NumberField key={`${chosen.layer} ${chosen.unit} bias`} label={text.bias} value={bias} stamp={client.settlements ?? null} onSet={edit(layer.bias, chosen.unit)} />}
      </div>
      </Part>
    </section>
  );
}

/** What the drawing shows, as tables. */
export function Numbers({ opened, frame }: { opened: Opened; frame: Frame | null }) {
  if (frame?.weights === undefined) return null;
  return (
    <div class="tables" tabIndex={0} role="region" aria-label={text.numbers}>
      {opened.layers.map((layer, l) => {
        const names = l === 0 ? opened.features.map(pretty) : Array.from({ length: opened.layers[l - 1]!.units }, (_, i) => `h${subscript(i + 1)}`);
        return (
          <table key={l}>
            <caption>{opened.parameters[layer.weight]!.split(".")[0]} {layer.activation}</caption>
            <thead>
              <tr><td />{names.map((name) => <th key={name} scope="col">{name}</th>)}{layer.bias !== null && <th scope="col">{text.bias}</th>}</tr>
            </thead>
            <tbody>
              {Array.from({ length: layer.units }, (_, u) => (
                <tr key={u}>
                  <th scope="row">{u + 1}</th>
                  {names.map((_, i) => <td key={i}>{short(frame.weights![layer.weight]![u * names.length + i], 4)}</td>)}
                  {layer.bias !== null && <td>{short(frame.weights![layer.bias]![u], 4)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        );
      })}
    </div>
  );
}
