import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Choice } from "./fields";
import type { Condition } from "./protocol";
import { text } from "./text";

/** What can be waited for, with a bound to begin with. */
const usual: Record<string, string> = {
  epoch: "100",
  "train-below": "0.05",
  "test-below": "0.05",
  "train-accuracy": "95",
  "test-accuracy": "95",
  "gradient-below": "0.001",
  "train-flat": "50",
  "test-flat": "50",
};

/** Accuracies are said in per cent and counted as shares. */
const isShare = (kind: string): boolean => kind.endsWith("accuracy");

export function writeCondition({ kind, value }: Condition): string {
  return text.time.until(text.time.conditions[kind] ?? kind, isShare(kind) ? `${Number((100 * value).toPrecision(6))} %` : `${value}`);
}

/** The choice of when a run is to end, in a small panel beside play. */
export function Until({ condition, hasTest, hasClasses, onChoose }: {
  condition: Condition | null;
  hasTest: boolean;
  hasClasses: boolean;
  /** Sets the condition and plays; null takes it away. */
  onChoose: (condition: Condition | null) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const [kind, setKind] = useState(condition?.kind ?? "epoch");
  const [value, setValue] = useState(usual[kind]!);
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (condition === null) return;
    setKind(condition.kind);
    setValue(`${isShare(condition.kind) ? Number((100 * condition.value).toPrecision(6)) : condition.value}`);
  }, [condition?.kind, condition?.value]);
  // With the panel, and not behind what has been done in it by then.
  useLayoutEffect(() => {
    if (isOpen) room.current?.querySelector("select")?.focus();
  }, [isOpen]);
  useEffect(() => {
    if (!isOpen) return;
    const leave = (event: Event): void => {
      if (!room.current!.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", leave);
    return () => document.removeEventListener("pointerdown", leave);
  }, [isOpen]);
  const known = Object.keys(usual).filter((name) => (hasTest || !name.startsWith("test")) && (hasClasses || !isShare(name)));
  const bound = Number(value);
  const isValid = value.trim() !== "" && Number.isFinite(bound) && bound >= 0 && (kind !== "epoch" || Number.isInteger(bound));
  return (
    <div
      class="until"
      ref={room}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isOpen) return;
        setOpen(false);
        room.current!.querySelector("button")!.focus();
      }}
    >
      <button type="button" class="plain" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {condition === null ? text.time.playUntil : writeCondition(condition)}
      </button>
      {condition !== null && <button type="button" class="dismiss" aria-label={text.time.noCondition} title={text.time.noCondition} onClick={() => onChoose(null)}>×</button>}
      {isOpen && (
        <form
          class="panel"
          aria-label={text.time.playUntil}
          onSubmit={(event) => {
            event.preventDefault();
            if (!isValid) return;
            setOpen(false);
            onChoose({ kind, value: isShare(kind) ? bound / 100 : bound });
          }}
        >
          <Choice
            label={text.time.stopWhen}
            value={kind}
            choices={known.map((name): [string, string] => [name, text.time.conditions[name]!])}
            onChoose={(name) => {
              setKind(name);
              setValue(usual[name]!);
            }}
          />
          <label class="field">
            <span>{kind === "epoch" ? text.epoch : kind.endsWith("flat") ? text.time.patience : isShare(kind) ? text.time.percent : text.time.bound}</span>
            <input type="text" inputMode="decimal" value={value} aria-invalid={!isValid} onInput={(event) => setValue(event.currentTarget.value)} />
          </label>
          <button type="submit" class="plain strong" disabled={!isValid}>{text.time.go}</button>
        </form>
      )}
    </div>
  );
}
