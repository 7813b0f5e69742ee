import { Choice, Entry, Round } from "../../fields";
import { Icon } from "../../icons";
import { text } from "../../text";
import type { Shown } from "./address";
import type { Working } from "./lines";

const digits = [2, 3, 4, 5, 6, 8, 10];

/** Which example is worked, and how it is written. */
export function Chooser({ shown, working, onChange }: { shown: Shown; working: Working | null; onChange: (change: Partial<Shown>) => void }) {
  const t = text.ledger;
  const count = (shown.set === "test" ? working?.test : working?.train) ?? 0;
  const sets: [string, string][] = [["train", t.sets.train], ...(working?.test === 0 ? [] : [["test", t.sets.test] as [string, string]]), ["batch", t.sets.batch], ["own", t.sets.own]];
  const go = (example: number): void => onChange({ example: Math.min(count - 1, Math.max(0, example)) });
  return (
    <div class="chooser">
      <Choice label={t.set} value={shown.set} choices={sets} onChoose={(set) => onChange({ set, example: 0, ...(set === "own" && shown.input === "" ? { input: "1, 0.5", target: "1" } : {}) })} />
      {(shown.set === "train" || shown.set === "test") && (
        <div class="stepper">
          <Round label={t.previous} disabled={shown.example === 0} onClick={() => go(shown.example - 1)}>‹</Round>
          <Entry label={t.example(count)} value={`${shown.example + 1}`} numeric onChoose={(value) => /^\d+$/.test(value) && go(Number(value) - 1)} />
          <Round label={t.following} disabled={shown.example >= count - 1} onClick={() => go(shown.example + 1)}>›</Round>
        </div>
      )}
      {shown.set === "own" && (
        <>
          <Entry label={working === null || working.columns.length === 0 ? t.input : t.inputOf(working.columns.join(", "))} value={shown.input} onChoose={(input) => onChange({ input })} />
          <Entry label={t.target} value={shown.target} onChoose={(target) => onChange({ target })} />
        </>
      )}
      <Choice label={t.as} value={shown.as} choices={[["scalar", t.views.scalar], ["matrix", t.views.matrix]]} onChoose={(as) => onChange({ as })} />
      <Choice
        label={t.digits}
        value={`${shown.digits === 0 ? (working?.digits ?? 6) : shown.digits}`}
        choices={digits.map((count): [string, string] => [`${count}`, `${count}`])}
        onChoose={(value) => onChange({ digits: Number(value) })}
      />
      <Choice
        label={t.cover}
        value={shown.cover === "" ? "off" : shown.cover}
        choices={Object.entries(t.covers)}
        onChoose={(cover) => onChange({ cover: cover === "off" ? "" : cover })}
      />
    </div>
  );
}

/** How far the network is trained, and ways on: a step makes the update that the ledger has worked. */
export function Progress({ epoch, batch, onStep }: { epoch: number; batch: number; onStep: (by: "batch" | "epoch" | "reset") => void }) {
  return (
    <div class="drive" role="group" aria-label={text.drive}>
      <Round label={text.reset} onClick={() => onStep("reset")}><Icon name="reset" /></Round>
      <Round label={text.step("batch")} onClick={() => onStep("batch")}><Icon name="batch" /></Round>
      <Round label={text.step("epoch")} onClick={() => onStep("epoch")}><Icon name="epoch" /></Round>
      <div class="epoch">
        <span>{text.epoch}</span>
        <strong data-testid="epoch">{epoch}</strong>
        <small>{batch > 0 ? text.batchOf(batch) : ""}</small>
      </div>
    </div>
  );
}
