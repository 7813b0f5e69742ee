import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useChosen, useWritten } from "./drafts";
import { useControl } from "./rules";
import { text } from "./text";

/** A labelled choice. A present value that is none of the choices is shown all the same. */
export function Choice({ name, label, value, choices, onChoose }: {
  name?: string;
  label: string;
  value: string;
  choices: (string | [string, string])[];
  onChoose: (value: string) => void;
}) {
  const state = useControl(name);
  const draft = useChosen(value);
  if (state === "hidden") return null;
  const pairs = choices.map((choice): [string, string] => (typeof choice === "string" ? [choice, choice] : choice));
  if (!pairs.some(([key]) => key === draft.shown)) pairs.push([draft.shown, draft.shown]);
  return (
    <label class="field">
      <span>{label}</span>
      <select
        value={draft.shown}
        disabled={state === "locked"}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          draft.finish(chosen);
          onChoose(chosen);
        }}
      >
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
  const draft = useChosen(`${value}`);
  if (state === "hidden") return null;
  return (
    <label class="slider">
      <span>{label}</span>
      <span class="amount">{shown}</span>
      <input
        type="range"
        aria-label={label}
        disabled={state === "locked"}
        value={draft.shown}
        min={min}
        max={max}
        step={step}
        aria-valuetext={shown}
        onInput={(event) => draft.type(event.currentTarget.value)}
        onBlur={draft.leave}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          draft.finish(chosen);
          onChoose(Number(chosen));
        }}
      />
    </label>
  );
}

/** A text that counts when it is finished, unless that is refused with false. Until then it stays as it was typed, whatever is drawn meanwhile. */
export function Written({ value, onFinish, ...rest }: {
  value: string;
  onFinish: (typed: string) => boolean | void;
  class?: string;
  "aria-label"?: string;
  inputMode?: "text" | "decimal" | "numeric";
  placeholder?: string;
  disabled?: boolean;
}) {
  const draft = useWritten(value);
  return (
    <input
      {...rest}
      type="text"
      spellcheck={false}
      value={draft.shown}
      onInput={(event) => draft.type(event.currentTarget.value)}
      onChange={(event) => {
        const typed = event.currentTarget.value.trim();
        if (onFinish(typed) === false) draft.leave();
        else draft.finish(typed);
      }}
      onBlur={draft.leave}
    />
  );
}

/** A labelled text that counts when it is finished. */
export function Entry({ name, label, value, onChoose, numeric = false }: { name?: string; label: string; value: string; onChoose: (value: string) => void; numeric?: boolean }) {
  const state = useControl(name);
  if (state === "hidden") return null;
  return (
    <label class="field">
      <span>{label}</span>
      <Written disabled={state === "locked"} inputMode={numeric ? "decimal" : "text"} value={value} onFinish={(typed) => typed !== "" && onChoose(typed)} />
    </label>
  );
}

export function Check({ name, label, value, onChoose }: { name?: string; label: string; value: boolean; onChoose: (value: boolean) => void }) {
  const state = useControl(name);
  const draft = useChosen(`${value}`);
  if (state === "hidden") return null;
  return (
    <label class="check">
      <input
        type="checkbox"
        disabled={state === "locked"}
        checked={draft.shown === "true"}
        onChange={(event) => {
          const { checked } = event.currentTarget;
          draft.finish(`${checked}`);
          onChoose(checked);
        }}
      />
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

const WRITE = "…";

/** A labelled choice that lets something else be written: leakyrelu 0.2. */
export function ChoiceOrText({ name = "", label, value, choices, hint, onChoose }: {
  name?: string;
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
        {...(name === "" ? {} : { name })}
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

/** A number of things that is also set by the buttons beside it. */
export function Count({ name, label, value, onChoose }: { name?: string; label: string; value: number; onChoose: (value: number) => void }) {
  const state = useControl(name);
  if (state === "hidden") return <span>{value}</span>;
  return (
    <Written
      inputMode="numeric"
      class="count"
      aria-label={label}
      value={`${value}`}
      disabled={state === "locked"}
      onFinish={(typed) => {
        const count = Number(typed);
        return Number.isInteger(count) && count > 0 && onChoose(count);
      }}
    />
  );
}

/** A labelled text that may be left empty; what holds then is shown in its place. */
export function Optional({ label, value, usual, onChoose }: { label: string; value: string | null; usual: string; onChoose: (value: string | null) => void }) {
  return (
    <label class="field">
      <span>{label}</span>
      <Written value={value ?? ""} placeholder={usual} onFinish={(typed) => onChoose(typed === "" ? null : typed)} />
    </label>
  );
}
