import { Choice, Round } from "./fields";
import { Icon } from "./icons";
import type { Condition, Frame, Opened } from "./protocol";
import { Part } from "./rules";
import { text } from "./text";
import { Until } from "./Until";

/** The buttons that drive a run: back, play, forward, and by what. */
export function Drive({ opened, frame, running, by, speed, condition, act, onBy, onSpeed, onCondition }: {
  opened: Opened;
  frame: Frame | null;
  /** Whether it trains, as far as has been asked. */
  running: boolean;
  by: string;
  speed: number;
  condition: Condition | null;
  act: (name: string) => void;
  onBy: (by: string) => void;
  onSpeed: (speed: number) => void;
  onCondition: (condition: Condition | null) => void;
}) {
  const within = frame?.within;
  const batches = frame !== null && !frame.running && (frame.batch > 0 || within !== undefined) ? text.batchOf(frame.batch) : "";
  const inside = within !== undefined && within.kind !== "update" && frame?.running === false ? ` · ${text.time.short(within.example, within.of)}` : "";
  return (
    <div class="drive" role="group" aria-label={text.title}>
      <Round name="reset" label={text.reset} onClick={() => act("reset")}><Icon name="reset" /></Round>
      <Round name="step" label={text.back(by)} disabled={frame === null || frame.atStart} onClick={() => act("back")}><Icon name="back" /></Round>
      <Part name="play"><button type="button" class="play" aria-label={running ? text.pause : text.play} title={running ? text.pause : text.play} onClick={() => act("toggle")}>
        <Icon name={running ? "pause" : "play"} />
      </button></Part>
      <Round name="step" label={text.step(by)} onClick={() => act("step")}><Icon name="epoch" /></Round>
      <Round name="weights" label={text.newWeights} onClick={() => act("weights")}><Icon name="dice" /></Round>
      <div class="epoch">
        <span>{text.epoch}</span>
        <strong data-testid="epoch">{(frame?.epoch ?? 0).toLocaleString("en").replaceAll(",", " ")}</strong>
        <small>{frame?.seeking ? text.time.seeking : `${batches}${inside}`}</small>
      </div>
      <div class="ways">
        <Choice name="step" label={text.time.stepBy} value={by} choices={text.time.steps} onChoose={onBy} />
        <Choice
          name="speed"
          label={text.speed}
          value={`${speed}`}
          choices={text.speeds.map(([epochs, name]): [string, string] => [`${epochs}`, name])}
          onChoose={(value) => onSpeed(Number(value))}
        />
        <Part name="play"><Until condition={condition} hasTest={frame?.test !== undefined} hasClasses={opened.classes} onChoose={onCondition} /></Part>
      </div>
    </div>
  );
}
