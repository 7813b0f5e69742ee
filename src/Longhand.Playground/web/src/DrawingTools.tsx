import { useState } from "preact/hooks";
import { useDraft } from "./drafts";
import { className, letterOf, Mark, MOST_CLASSES } from "./marks";
import { useScheme } from "./palette";
import { type Drawing, readDrawing, writePoints } from "./points";
import { text } from "./text";

export type Tool = "add" | "move" | "erase";

const VALUES = ["-1", "-0.5", "0", "0.5", "1"];

/** What one draws with: a tool, a class or a value; and, for the keyboard, points as numbers. */
export function DrawingTools({ drawing, now, isWaiting, tool, label, onTool, onLabel, onChange }: {
  drawing: Drawing;
  /** What is drawn by then: a pointer may be faster than what is shown of it. */
  now: () => Drawing;
  isWaiting: boolean;
  tool: Tool;
  label: number;
  onTool: (tool: Tool) => void;
  onLabel: (label: number) => void;
  onChange: (drawing: Drawing) => void;
}) {
  const scheme = useScheme();
  const [added, setAdded] = useState("");
  const listed = useDraft(writePoints(drawing), null);
  const names = Array.from({ length: drawing.classes }, (_, i) => `${i}`);
  return (
    <div class="drawingtools">
      <div class="toolrow" role="group" aria-label={text.tools}>
        {(["add", "move", "erase"] as Tool[]).map((name) => (
          <button key={name} type="button" class="chip" aria-pressed={tool === name} onClick={() => onTool(name)}>{text.toolNames[name]}</button>
        ))}
        <button type="button" class="chip" onClick={() => { onTool("add"); onChange({ ...now(), points: [] }); }}>{text.clear}</button>
      </div>
      <div class="toolrow" role="group" aria-label={drawing.isValued ? text.value : text.classOf}>
        {drawing.isValued
          ? VALUES.map((value) => <button key={value} type="button" class="chip" aria-pressed={label === Number(value)} onClick={() => { onLabel(Number(value)); onTool("add"); }}>{value.replace("-", "−")}</button>)
          : names.map((_, i) => (
              <button key={i} type="button" class="chip" aria-label={text.classNamed(letterOf(i))} aria-pressed={label === i} onClick={() => { onLabel(i); onTool("add"); }}>
                <Mark label={i} scheme={scheme} /> {className(names, i)}
              </button>
            ))}
        {!drawing.isValued && drawing.classes < MOST_CLASSES && (
          <button
            type="button"
            class="chip"
            aria-label={text.addClass}
            title={text.addClass}
            onClick={() => {
              onTool("add");
              const { classes } = now();
              if (classes >= MOST_CLASSES) return;
              onLabel(classes);
              onChange({ ...now(), classes: classes + 1 });
            }}
          >
            +
          </button>
        )}
      </div>
      {isWaiting && <p class="hint" role="status">{text.drawMore}</p>}
      <form
        class="pointform"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          const [x, y] = [Number(data.get("x")), Number(data.get("y"))];
          if (!Number.isFinite(x) || !Number.isFinite(y) || data.get("x") === "" || data.get("y") === "") return;
          onChange({ ...now(), points: [...now().points, { x, y, label }] });
          setAdded(text.pointAdded(`${x}`, `${y}`, drawing.isValued ? `${label}` : letterOf(label)));
        }}
      >
        <label class="field"><span>x</span><input name="x" type="text" inputMode="decimal" defaultValue="0" spellcheck={false} /></label>
        <label class="field"><span>y</span><input name="y" type="text" inputMode="decimal" defaultValue="0" spellcheck={false} /></label>
        <button type="submit" class="plain">{text.addPoint}</button>
      </form>
      <p class="unseen" role="status">{added}</p>
      <details>
        <summary>{text.pointsAsText(drawing.points.length)}</summary>
        <textarea
          aria-label={text.pointsText}
          rows={4}
          spellcheck={false}
          value={listed.shown}
          onInput={(event) => listed.type(event.currentTarget.value)}
          onBlur={listed.leave}
          onChange={(event) => {
            const written = event.currentTarget.value;
            listed.finish(written);
            const next = readDrawing(`points "${written.replaceAll('"', "")}"`);
            if (next !== null) onChange(next);
          }}
        />
        <p class="hint">{text.pointsHint}</p>
      </details>
    </div>
  );
}
