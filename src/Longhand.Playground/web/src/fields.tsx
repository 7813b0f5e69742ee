import type { ComponentChildren } from "preact";

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
