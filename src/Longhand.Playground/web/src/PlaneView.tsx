import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Check } from "./fields";
import { Figure } from "./Figure";
import { className, classColor, isNamed, letterOf, Mark, traceMark } from "./marks";
import { mapOf, type Place } from "./NetworkView";
import { paint, type Scheme, table, useScheme, winners, winnerStep } from "./palette";
import { DrawingTools, type Tool } from "./DrawingTools";
import { type Drawing, isEnough, readDrawing, writeDrawing } from "./points";
import type { Client } from "./client";
import type { Frame, Opened } from "./protocol";
import { useControl } from "./rules";
import { text } from "./text";

const LEAST_ROOM = 26;
const LETTER = 6.5;
const LETTERS = 7;
const MANY = 800;
// How near to a point a pointer must be to take hold of it, and how far apart sprayed points lie, in pixels.
const REACH = 9;
const APART = 9;
const SPRAY = 7;
// While one draws, the network learns what has been drawn so often a second.
const PAUSE = 150;

const written = (tick: number): string => `${Number(tick.toPrecision(3))}`.replace("-", "−");

/** The output over the plane with the examples, on which one may draw where the points are one's own. */
export function PlaneView({ client, opened, frame, features, shown, marked, markedTest, onView }: {
  client: Client;
  opened: Opened;
  frame: Frame | null;
  features: Uint8Array;
  shown: Place;
  /** Examples that are ringed. */
  marked: Set<number> | null;
  /** Whether they are test examples, which are drawn for it. */
  markedTest: boolean;
  onView: (key: "test" | "discretize", value: boolean) => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const buffer = useRef<HTMLCanvasElement | undefined>(undefined);
  const scheme = useScheme();
  const [tool, setTool] = useState<Tool>("add");
  const [label, setLabel] = useState(0);
  // What has been drawn and is not yet learned from: under the hand, or too little.
  const [draft, showDraft] = useState<Drawing | null>(null);
  // Pointers are faster than what is drawn for them.
  const latest = useRef<Drawing | null>(null);
  const setDraft = (next: Drawing | null): void => {
    latest.current = next;
    showDraft(next);
  };
  const held = useRef<{ index: number; x: number; y: number; at: number } | null>(null);
  const [left, right, bottom, top] = opened.bounds!;
  // Room for what stands beside the axes.
  const room = Math.max(LEAST_ROOM, 8 + LETTER * Math.max(...[bottom, (bottom + top) / 2, top].map((tick) => written(tick).length)));
  const mayDraw = useControl("data") === "shown";
  const known = mayDraw ? readDrawing(opened.settings.data) : null;
  const drawing = draft ?? known;
  const outputs = opened.layers[opened.layers.length - 1]!.units;
  const isOutput = shown.layer === opened.layers.length;
  const several = opened.classes && opened.classNames.length > 2;
  const hasWinner = opened.classes && outputs > 1 && isOutput && shown.unit >= outputs;
  const showsTest = opened.settings.test === "true" || known !== null;
  const discrete = opened.settings.discretize === "true";

  // What comes back while the pointer is down, or before the last that was drawn has come back, is older than what is drawn; and what is
  // too little to be learned from has not been sent.
  useLayoutEffect(() => {
    const { current } = latest;
    if (held.current === null && current !== null && (known === null || (client.isAnswered && isEnough(current)))) setDraft(null);
  }, [opened]);

  useLayoutEffect(() => {
    const target = canvas.current!;
    const size = target.clientWidth;
    const ratio = devicePixelRatio;
    if (target.width !== Math.round(size * ratio)) target.width = target.height = Math.round(size * ratio);
    const pen = target.getContext("2d")!;
    const style = getComputedStyle(target);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, size, size);
    buffer.current ??= document.createElement("canvas");
    const { bytes, side } = mapOf(opened, frame, features, shown);
    const isWon = hasWinner && frame !== null;
    paint(buffer.current, bytes, side, isWon ? winners(scheme, discrete) : table(scheme, discrete && isOutput));
    const plane = size - room;
    pen.imageSmoothingEnabled = !isWon;
    pen.drawImage(buffer.current, room, 0, plane, plane);
    const atX = (value: number): number => room + ((value - left) / (right - left)) * plane;
    const atY = (value: number): number => plane - ((value - bottom) / (top - bottom)) * plane;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    if (isWon) {
      pen.font = "600 11px system-ui, sans-serif";
      pen.fillStyle = style.getPropertyValue("--text");
      for (let row = 0; row < LETTERS; row++)
        for (let column = 0; column < LETTERS; column++) {
          const [u, v] = [(column + 0.5) / LETTERS, (row + 0.5) / LETTERS];
          const byte = bytes[Math.floor(v * side) * side + Math.floor(u * side)]!;
          if (byte < 255) pen.fillText(letterOf(Math.floor(byte / winnerStep)), room + u * plane, v * plane);
        }
    }
    pen.fillStyle = style.getPropertyValue("--muted");
    pen.font = "11px system-ui, sans-serif";
    pen.textBaseline = "top";
    for (const tick of [left, (left + right) / 2, right]) {
      pen.textAlign = tick === left ? "left" : tick === right ? "right" : "center";
      pen.fillText(written(tick), atX(tick), plane + 6);
    }
    pen.textAlign = "right";
    for (const tick of [bottom, (bottom + top) / 2, top]) {
      pen.textBaseline = tick === bottom ? "bottom" : tick === top ? "top" : "middle";
      pen.fillText(written(tick), room - 6, atY(tick));
    }
    const ground = style.getPropertyValue("--ground");
    const radius = (draft?.points.length ?? opened.x.length) > MANY ? 2.2 : 3;
    const draw = (x: number, y: number, mark: number, color: string, isTest: boolean, strength: number): void => {
      traceMark(pen, mark, atX(x), atY(y), radius);
      pen.globalAlpha = strength;
      pen.lineWidth = isTest ? 2.6 : 1;
      pen.strokeStyle = ground;
      if (!isTest) {
        pen.fillStyle = color;
        pen.fill();
      }
      pen.stroke();
      if (isTest) {
        pen.lineWidth = 1.4;
        pen.strokeStyle = color;
        pen.stroke();
      }
      pen.globalAlpha = 1;
    };
    const byValue = (x: number, y: number, value: number, isTest: boolean, strength: number): void =>
      draw(x, y, value >= 0 ? 1 : 0, style.getPropertyValue(value >= 0 ? "--high" : "--low"), isTest, strength);
    const faint = (value: number): number => 0.25 + 0.75 * Math.min(1, Math.abs(value));
    if (draft !== null)
      for (const point of draft.points)
        if (draft.isValued) byValue(point.x, point.y, point.label, false, faint(point.label));
        else draw(point.x, point.y, point.label, classColor(scheme, point.label), false, 1);
    else
      for (let i = 0; i < (showsTest || (markedTest && marked !== null) ? opened.x.length : opened.trained); i++) {
        const [x, y, value, isTest] = [opened.x[i]!, opened.y[i]!, opened.label[i]!, i >= opened.trained];
        if (isTest && !showsTest && !marked?.has(i)) continue;
        if (several) draw(x, y, value, classColor(scheme, value), isTest, 1);
        else byValue(x, y, value, isTest, opened.classes ? 1 : faint(value));
      }
    // A ring of two colours is seen on every ground.
    for (const i of draft === null ? (marked ?? []) : []) {
      if (i >= opened.x.length) continue;
      for (const [width, color] of [[4, ground], [2, style.getPropertyValue("--text")]] as const) {
        pen.beginPath();
        pen.arc(atX(opened.x[i]!), atY(opened.y[i]!), radius + 4, 0, 2 * Math.PI);
        pen.lineWidth = width;
        pen.strokeStyle = color;
        pen.stroke();
      }
    }
  });

  const commit = (next: Drawing): void => {
    setDraft(next);
    if (isEnough(next)) client.open((now) => ({ ...now.settings, data: writeDrawing(next) }), true, true);
  };
  const place = (event: PointerEvent): { x: number; y: number; unit: number; px: number; py: number } => {
    const box = canvas.current!.getBoundingClientRect();
    const plane = box.width - room;
    const [px, py] = [event.clientX - box.left - room, event.clientY - box.top];
    return { px, py, unit: (right - left) / plane, x: left + (px / plane) * (right - left), y: bottom + (1 - py / plane) * (top - bottom) };
  };
  const nearest = ({ points }: Drawing, x: number, y: number, unit: number): number => {
    let best = -1;
    let least = REACH * unit;
    const stretch = (right - left) / (top - bottom);
    points.forEach((point, i) => {
      const away = Math.hypot(point.x - x, (point.y - y) * stretch);
      if (away < least) [best, least] = [i, away];
    });
    return best;
  };
  const without = (from: Drawing, index: number): Drawing => ({ ...from, points: from.points.filter((_, i) => i !== index) });
  const press = (event: PointerEvent): void => {
    const drawing = latest.current ?? known;
    if (drawing === null || event.button !== 0) return;
    const { x, y, unit } = place(event);
    if (x < left || x > right || y < bottom || y > top) return;
    event.preventDefault();
    canvas.current!.setPointerCapture(event.pointerId);
    const hit = nearest(drawing, x, y, unit);
    if (tool === "erase") {
      held.current = { index: -1, x, y, at: performance.now() };
      if (hit >= 0) commit(without(drawing, hit));
    } else if (tool === "move") {
      held.current = hit < 0 ? null : { index: hit, x, y, at: performance.now() };
    } else {
      held.current = { index: -1, x, y, at: performance.now() };
      commit({ ...drawing, points: [...drawing.points, { x, y, label }] });
    }
  };
  const drag = (event: PointerEvent): void => {
    const now = held.current;
    const drawing = latest.current ?? known;
    if (now === null || drawing === null) return;
    const { x, y, unit } = place(event);
    const [cx, cy] = [Math.min(right, Math.max(left, x)), Math.min(top, Math.max(bottom, y))];
    let next = drawing;
    if (tool === "move") next = { ...drawing, points: drawing.points.map((point, i) => (i === now.index ? { ...point, x: cx, y: cy } : point)) };
    else if (tool === "erase") {
      const hit = nearest(drawing, x, y, unit);
      if (hit >= 0) next = without(drawing, hit);
    } else if (Math.hypot(x - now.x, y - now.y) > APART * unit) {
      const scatter = (): number => (Math.random() - 0.5) * 2 * SPRAY * unit;
      next = { ...drawing, points: [...drawing.points, { x: cx + scatter(), y: cy + scatter(), label }] };
      Object.assign(now, { x, y });
    }
    if (next === drawing) return;
    if (performance.now() - now.at > PAUSE) {
      now.at = performance.now();
      commit(next);
    } else setDraft(next);
  };
  const release = (): void => {
    if (held.current !== null && latest.current !== null) commit(latest.current);
    held.current = null;
  };

  return (
    <>
      <Figure title={text.result}>
      <canvas
        class={`plane ${known === null ? "" : `drawable ${tool}`}`}
        ref={canvas}
        role="img"
        aria-label={text.resultLabel(written(left), written(right), written(bottom), written(top))}
        onPointerDown={press}
        onPointerMove={drag}
        onPointerUp={release}
        onPointerCancel={release}
      />
      <Legend opened={opened} scheme={scheme} showsTest={showsTest} isWon={hasWinner} />
      </Figure>
      {drawing !== null && (
        <DrawingTools drawing={drawing} now={() => latest.current ?? known ?? drawing} isWaiting={draft !== null && !isEnough(draft)} tool={tool} label={label} onTool={setTool} onLabel={setLabel} onChange={commit} />
      )}
      <div class="checks">
        {known === null && <Check name="test" label={text.showTest} value={showsTest} onChoose={(value) => onView("test", value)} />}
        <Check name="discretize" label={text.discretize} value={discrete} onChoose={(value) => onView("discretize", value)} />
      </div>
    </>
  );
}

function Legend({ opened, scheme, showsTest, isWon }: { opened: Opened; scheme: Scheme; showsTest: boolean; isWon: boolean }) {
  const { classNames } = opened;
  return (
    <p class="legend">
      {opened.classes && (classNames.length > 2 || classNames.some(isNamed) || isWon) ? (
        classNames.map((_, label) => <span key={label}><Mark label={label} scheme={scheme} /> {className(classNames, label)}</span>)
      ) : (
        <>
          <span><Mark label={1} scheme={scheme} /> {text.positive}</span>
          <span><Mark label={0} scheme={scheme} /> {text.negative}</span>
        </>
      )}
      {showsTest && <span>{text.testMark}</span>}
    </p>
  );
}
