import type { ComponentChildren } from "preact";
import { useControl } from "./rules";

/** A labelled choice. A present value that is none of the choices is shown all the same. */
export function Choice({ name, label, value, choices, onChoose }: {
  name?: string;
  label: string;
  value: string;
  choices: (string | [string, string])[];
  onChoose: (value: string) => void;
}) {
  const state = useControl(name);
  if (state === "hidden") return null;
  const pairs = choices.map((choice): [string, string] => (typeof choice === "string" ? [choice, choice] : choice));
  if (!pairs.some(([key]) => key === value)) pairs.push([value, value]);
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} disabled={state === "locked"} onChange={(event) => onChoose(event.currentTarget.value)}>
        {pairs.map(([key, name]) => <option key={key} value={key}>{name}</option>)}
      </select>
    </label>
  );
}

/** A labelled slider that says its value. */
export function Slider({ name, label, value, shown, min, max, step, onChoose }: {
  name?: string;
  label: string;
  value: number;
  shown: string;
  min: number;
  max: number;
  step: number;
  onChoose: (value: number) => void;
}) {
  const state = useControl(name);
  if (state === "hidden") return null;
  return (
    <label class="slider">
      <span>{label}</span>
      <output>{shown}</output>
      <input type="range" disabled={state === "locked"} value={value} min={min} max={max} step={step} aria-valuetext={shown} onChange={(event) => onChoose(Number(event.currentTarget.value))} />
    </label>
  );
}

/** A labelled text that counts when it is finished. */
export function Entry({ name, label, value, onChoose, numeric = false }: { name?: string; label: string; value: string; onChoose: (value: string) => void; numeric?: boolean }) {
  const state = useControl(name);
  if (state === "hidden") return null;
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="text"
        disabled={state === "locked"}
        inputMode={numeric ? "decimal" : "text"}
        value={value}
        spellcheck={false}
        onChange={(event) => {
          const written = event.currentTarget.value.trim();
          if (written === "") event.currentTarget.value = value;
          else onChoose(written);
        }}
      />
    </label>
  );
}

export function Check({ name, label, value, onChoose }: { name?: string; label: string; value: boolean; onChoose: (value: boolean) => void }) {
  const state = useControl(name);
  if (state === "hidden") return null;
  return (
    <label class="check">
      <input type="checkbox" disabled={state === "locked"} checked={value} onChange={(event) => onChoose(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

export function Round({ name, label, onClick, disabled = false, children }: { name?: string; label: string; onClick: () => void; disabled?: boolean; children: ComponentChildren }) {
  const state = useControl(name);
  if (state === "hidden") return null;
  return (
    <button type="button" class="round" aria-label={label} title={label} onClick={onClick} disabled={disabled || state === "locked"}>
      {children}
    </button>
  );
}
