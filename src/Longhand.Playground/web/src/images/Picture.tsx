import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Check, Choice, Entry, Round } from "../fields";
import { Icon } from "../icons";
import type { Scheme } from "../palette";
import type { ImageFrame, ImagesOpened } from "../protocol";
import { short } from "../settings";
import { text } from "../text";
import type { Shown } from "./address";
import { type Lines, inkTable, readLines, rgb, writeCells, writeLines } from "./pixels";

const words = text.images;
const SIDE = 256;
// Points nearer to the last one than this add nothing but length to the address.
const NEAR = 5;
const MOST_CHARACTERS = 1990;

/** ∂L/∂x of the picture. */
export interface Saliency {
  class: number;
  loss: number | null;
  gradient: (number | null)[];
}

/** The picture that is looked at: an example, or a drawing. */
export function Picture({ images, image, ink, known, saliency, scheme, shown, onShow }: {
  images: ImagesOpened;
  image: ImageFrame | undefined;
  /** What the network reads, 0 to 255, row by row. */
  ink: Uint8Array | number[];
  /** Ends when the ink is that of what is shown; null where it is already. */
  known: () => Promise<void> | null;
  saliency: Saliency | null;
  scheme: Scheme;
  shown: Shown;
  onShow: (change: Partial<Shown>) => void;
}) {
  const isOwn = shown.lines !== null || shown.cells !== null;
  const count = shown.set === "test" ? images.test : images.train;
  const to = (example: number): void => onShow({ example: Math.max(0, Math.min(count - 1, example)) });
  const label = image?.class === undefined || image.set !== shown.set || image.index !== shown.example ? null : (images.classes[image.class] ?? `${image.class}`);
  return (
    <section class="picture" aria-labelledby="picture">
      <h2 id="picture">{words.picture}</h2>
      <div class="modes" role="group" aria-label={words.picture}>
        <button type="button" class={`chip${isOwn ? "" : " on"}`} aria-pressed={!isOwn} onClick={() => onShow({ lines: null, cells: null })}>{words.fromData}</button>
        <button type="button" class={`chip${isOwn ? " on" : ""}`} aria-pressed={isOwn} onClick={() => !isOwn && onShow({ lines: "", cells: null })}>{words.draw}</button>
      </div>
      {isOwn && <Pad shown={shown} scheme={scheme} onShow={onShow} />}
      {isOwn && <h3>{words.reads}</h3>}
      <Ink images={images} ink={ink} known={known} saliency={shown.saliency ? saliency : null} scheme={scheme} onInk={isOwn ? (cells) => onShow({ cells: writeCells(cells), lines: null }) : null} />
      {isOwn ? (
        <p class="hint">{words.cellsHint}{images.data === "digits" && <><br />{words.sevens}</>}</p>
      ) : (
        <>
          <p class="lead which" data-testid="which">{words.example(shown.example + 1, count, label)}</p>
          <div class="pager">
            <Round label={words.previous} disabled={shown.example === 0} onClick={() => to(shown.example - 1)}><span class="turned"><Icon name="play" /></span></Round>
            <Entry label={words.number} value={`${shown.example + 1}`} numeric onChoose={(value) => /^\d+$/.test(value) && to(Number(value) - 1)} />
            <Round label={words.next} disabled={shown.example >= count - 1} onClick={() => to(shown.example + 1)}><Icon name="play" /></Round>
            {images.test > 0 && (
              <Choice label={words.set} value={shown.set} choices={[["test", words.test], ["train", words.train]]} onChoose={(set) => onShow({ set: set as Shown["set"], example: 0, page: 0 })} />
            )}
          </div>
        </>
      )}
      <Check label={words.saliency} value={shown.saliency} onChoose={(value) => onShow({ saliency: value })} />
      {shown.saliency && <p class="legend"><span><i class="disc" /> {words.raises}</span><span><i class="square" /> {words.lowers}</span></p>}
    </section>
  );
}

/** Where one draws with a pen, a finger or the mouse. */
function Pad({ shown, scheme, onShow }: { shown: Shown; scheme: Scheme; onShow: (change: Partial<Shown>) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const lines = useRef<Lines>([]);
  const told = useRef<string | null>(null);
  const drawing = useRef(false);
  // What comes from elsewhere takes the place of what was drawn; what was told is here already, and more of it perhaps.
  if (shown.lines !== told.current) {
    lines.current = readLines(shown.lines ?? "");
    told.current = shown.lines;
  }
  const due = useRef(0);
  const paint = (): void => {
    const target = canvas.current!;
    const ratio = devicePixelRatio;
    const side = target.clientWidth;
    if (target.width !== Math.round(side * ratio)) target.width = target.height = Math.round(side * ratio);
    const pen = target.getContext("2d")!;
    pen.setTransform((side * ratio) / SIDE, 0, 0, (side * ratio) / SIDE, 0, 0);
    pen.clearRect(0, 0, SIDE, SIDE);
    pen.lineWidth = 16;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = rgb(inkTable(scheme)[255]!);
    for (const line of lines.current) {
      pen.beginPath();
      pen.moveTo(line[0]!, line[1]!);
      for (let i = 2; i < line.length; i += 2) pen.lineTo(line[i]!, line[i + 1]!);
      if (line.length === 2) pen.lineTo(line[0]! + 0.01, line[1]!);
      pen.stroke();
    }
  };
  useLayoutEffect(paint);
  useEffect(() => () => cancelAnimationFrame(due.current), []);
  const tell = (): void => {
    paint();
    if (due.current !== 0) return;
    due.current = requestAnimationFrame(() => {
      due.current = 0;
      told.current = writeLines(lines.current);
      onShow({ lines: told.current, cells: null });
    });
  };
  const pointOf = (event: PointerEvent): [number, number] => {
    const box = canvas.current!.getBoundingClientRect();
    const within = (value: number): number => Math.round(Math.max(0, Math.min(255, value)));
    return [within((255 * (event.clientX - box.left)) / box.width), within((255 * (event.clientY - box.top)) / box.height)];
  };
  return (
    <>
      <canvas
        class="pad"
        ref={canvas}
        role="img"
        aria-label={words.pad}
        onPointerDown={(event) => {
          if (writeLines(lines.current).length > MOST_CHARACTERS - 5) return;
          drawing.current = true;
          canvas.current!.setPointerCapture(event.pointerId);
          lines.current.push(pointOf(event));
          tell();
        }}
        onPointerMove={(event) => {
          if (!drawing.current) return;
          const line = lines.current[lines.current.length - 1]!;
          const [x, y] = pointOf(event);
          if (Math.hypot(x - line[line.length - 2]!, y - line[line.length - 1]!) < NEAR || writeLines(lines.current).length > MOST_CHARACTERS) return;
          line.push(x, y);
          tell();
        }}
        onPointerUp={() => { drawing.current = false; }}
        onPointerCancel={() => { drawing.current = false; }}
      />
      <div class="more">
        <button type="button" class="plain" disabled={lines.current.length === 0} onClick={() => { lines.current.pop(); tell(); }}>{words.undo}</button>
        <button type="button" class="plain" onClick={() => { lines.current = []; tell(); }}>{words.clear}</button>
      </div>
    </>
  );
}

/** What the network reads, cell by cell; a picture of one's own can be changed here. */
function Ink({ images, ink, known, saliency, scheme, onInk }: {
  images: ImagesOpened;
  ink: Uint8Array | number[];
  known: () => Promise<void> | null;
  saliency: Saliency | null;
  scheme: Scheme;
  onInk: ((cells: number[]) => void) | null;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [at, setAt] = useState<number | null>(null);
  const { width, height, levels } = images;
  useLayoutEffect(() => {
    const target = canvas.current!;
    const ratio = devicePixelRatio;
    const side = target.clientWidth;
    if (target.width !== Math.round(side * ratio)) {
      target.width = Math.round(side * ratio);
      target.height = Math.round((side * ratio * height) / width);
    }
    const pen = target.getContext("2d")!;
    const cell = target.width / width;
    const colors = inkTable(scheme);
    for (let i = 0; i < width * height; i++) {
      pen.fillStyle = rgb(colors[ink[i] ?? 0]!);
      pen.fillRect(Math.floor((i % width) * cell), Math.floor(Math.floor(i / width) * cell), Math.ceil(cell), Math.ceil(cell));
    }
    if (saliency !== null) {
      const style = getComputedStyle(target);
      const most = saliency.gradient.reduce<number>((found, value) => Math.max(found, Math.abs(value ?? 0)), 0);
      saliency.gradient.forEach((value, i) => {
        if (value === null || most === 0) return;
        // As large in area as the slope is steep.
        const radius = (cell / 2) * 0.86 * Math.sqrt(Math.abs(value) / most);
        if (radius < 0.5) return;
        const [x, y] = [((i % width) + 0.5) * cell, (Math.floor(i / width) + 0.5) * cell];
        pen.beginPath();
        if (value > 0) pen.arc(x, y, radius, 0, 2 * Math.PI);
        else pen.rect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8);
        pen.fillStyle = style.getPropertyValue(value > 0 ? "--high" : "--low");
        pen.fill();
        pen.lineWidth = Math.max(1, ratio);
        pen.strokeStyle = style.getPropertyValue("--ground");
        pen.stroke();
      });
    }
    if (onInk !== null && at !== null) {
      pen.lineWidth = 2 * ratio;
      pen.strokeStyle = getComputedStyle(target).getPropertyValue("--accent");
      pen.strokeRect((at % width) * cell + ratio, Math.floor(at / width) * cell + ratio, cell - 2 * ratio, cell - 2 * ratio);
    }
  });
  const levelOf = (value: number | undefined): number => Math.round(((value ?? 0) * levels) / 255);
  const level = (i: number): number => levelOf(ink[i]);
  const read = at === null ? null : words.cell(Math.floor(at / width) + 1, (at % width) + 1, level(at), levels);
  const slope = at === null || saliency === null ? null : saliency.gradient[at];
  // What is changed is the picture by then: of lines that have just been drawn the cells are still to come.
  const latest = useRef({ ink, onInk });
  latest.current = { ink, onInk };
  const change = (i: number, to: (level: number) => number): void => {
    const set = (): void => {
      const now = latest.current;
      const cells = Array.from({ length: width * height }, (_, k) => now.ink[k] ?? 0);
      cells[i] = Math.max(0, Math.min(255, to(levelOf(cells[i]))));
      now.ink = cells;
      now.onInk?.(cells);
    };
    const wait = known();
    if (wait === null) set();
    else void wait.then(set);
  };
  const turn = (now: number): number => (now > 0 ? 0 : 255);
  const cellAt = (event: MouseEvent): number => {
    const box = canvas.current!.getBoundingClientRect();
    const within = (share: number, count: number): number => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
    return within((event.clientY - box.top) / box.height, height) * width + within((event.clientX - box.left) / box.width, width);
  };
  const press = (event: KeyboardEvent): void => {
    const now = at ?? 0;
    const [row, column] = [Math.floor(now / width), now % width];
    const moved = ({ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] } as Record<string, [number, number]>)[event.key];
    if (moved !== undefined) setAt(Math.max(0, Math.min(height - 1, row + moved[0])) * width + Math.max(0, Math.min(width - 1, column + moved[1])));
    else if (onInk !== null && (event.key === " " || event.key === "Enter")) change(now, turn);
    else if (onInk !== null && (event.key === "+" || event.key === "-")) change(now, (found) => ((found + (event.key === "+" ? 1 : -1) * Math.max(1, levels / 16)) * 255) / levels);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <button
        type="button"
        class={`ink${onInk === null ? "" : " own"}`}
        aria-label={onInk === null ? words.inkLabel : words.ownInkLabel}
        onKeyDown={press}
        onFocus={() => setAt(at ?? 0)}
        onPointerMove={(event) => event.pointerType === "mouse" && setAt(cellAt(event))}
        onClick={(event) => {
          if (event.detail === 0) return;
          const cell = cellAt(event);
          setAt(cell);
          if (onInk !== null) change(cell, turn);
        }}
      >
        <canvas ref={canvas} aria-hidden="true" />
      </button>
      <p class="hint readout" role="status">{read ?? words.inkHint}{slope != null && <> · ∂L/∂x = {short(slope)}</>}</p>
    </>
  );
}
