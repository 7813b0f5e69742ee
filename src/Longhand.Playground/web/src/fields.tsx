import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { text } from "./text";

/** A labelled choice. A present value that is none of the choices is shown all the same. */
export function Choice({ label, value, choices, onChoose }: {
  label: string;
  value: string;
  choices: (string | [string, string])[];
  onChoose: (value: string) => void;
}) {
  const pairs = choices.map((choice): [string, string] => (typeof choice === "string" ? [choice, choice] : choice));
  if (!pairs.some(([key]) => key === value)) pairs.push([value, value]);
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {pairs.map(([key, name]) => <option key={key} value={key}>{name}</option>)}
      </select>
    </label>
  );
}

/** A labelled slider that says its value. */
export function Slider({ label, value, shown, min, max, step, onChoose }: {
  label: string;
  value: number;
  shown: string;
  min: number;
  max: number;
  step: number;
  onChoose: (value: number) => void;
}) {
  return (
    <label class="slider">
      <span>{label}</span>
      <output>{shown}</output>
      <input type="range" value={value} min={min} max={max} step={step} aria-valuetext={shown} onChange={(event) => onChoose(Number(event.currentTarget.value))} />
    </label>
  );
}

/** A labelled text that counts when it is finished. */
export function Entry({ label, value, onChoose, numeric = false }: { label: string; value: string; onChoose: (value: string) => void; numeric?: boolean }) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="text"
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

export function Check({ label, value, onChoose }: { label: string; value: boolean; onChoose: (value: boolean) => void }) {
  return (
    <label class="check">
      <input type="checkbox" checked={value} onChange={(event) => onChoose(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

export function Round({ label, onClick, disabled = false, children }: { label: string; onClick: () => void; disabled?: boolean; children: ComponentChildren }) {
  return (
    <button type="button" class="round" aria-label={label} title={label} onClick={onClick} disabled={disabled}>
      {children}
    </button>
  );
}

const WRITE = "…";

/** A labelled choice that lets something else be written: leakyrelu 0.2. */
export function ChoiceOrText({ label, value, choices, hint, onChoose }: {
  label: string;
  value: string;
  choices: string[];
  hint: string;
  onChoose: (value: string) => void;
}) {
  const [writes, setWrites] = useState(false);
  if (!writes)
    return (
      <Choice
        label={label}
        value={value}
        choices={[...choices, ...(choices.includes(value) ? [] : [value]), [WRITE, text.write] as [string, string]]}
        onChoose={(chosen) => (chosen === WRITE ? setWrites(true) : onChoose(chosen))}
      />
    );
  const finish = (written: string): void => {
    setWrites(false);
    if (written.trim() !== "" && written.trim() !== value) onChoose(written.trim());
  };
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="text"
        ref={(field) => { if (field !== null && document.activeElement !== field && writes) field.focus(); }}
        defaultValue={value}
        title={hint}
        spellcheck={false}
        onBlur={(event) => finish(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") finish(event.currentTarget.value);
          else if (event.key === "Escape") setWrites(false);
        }}
      />
    </label>
  );
}

/** A labelled text that may be left empty; what holds then is shown in its place. */
export function Optional({ label, value, usual, onChoose }: { label: string; value: string | null; usual: string; onChoose: (value: string | null) => void }) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="text"
        value={value ?? ""}
        placeholder={usual}
        spellcheck={false}
        onChange={(event) => {
          const written = event.currentTarget.value.trim();
          onChoose(written === "" ? null : written);
        }}
      />
    </label>
  );
}

/** Saves something that the page holds as a file. */
export function save(name: string, content: string | Uint8Array<ArrayBuffer>, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}
