import "./bench.css";
import "./Convolution.css";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Figure } from "../Figure";
import { readRest, writeRest } from "../address";
import { useAnswer } from "../answers";
import { type Image, type Kernel, MOST, type Plane, readImage, readKernel, resized, resizedKernel, sizesOf, valueOf, withCell, writeImage, writeKernel } from "../convolution/grids";
import { type MatrixAnswer, MatrixPicture } from "../convolution/MatrixPicture";
import { type Mark, NumberGrid } from "../convolution/NumberGrid";
import { empty, presets, type Setting } from "../convolution/presets";
import { Choice, Entry, Optional, Round } from "../fields";
import { Icon } from "../icons";
import { text } from "../text";
import type { ViewProps } from "../views";

interface ConvolutionAnswer {
  notation: string;
  input: [number, number, number];
  output: [number, number, number];
  padding: [number, number, number, number];
  result: Image;
  values: number[];
  formulas: string[];
  parameters: string[];
  macs: string[];
  dense: string;
}

interface PatchAnswer {
  line: string;
  html: string;
  terms: [number, number, number, number][];
}

const keys = Object.keys(empty) as (keyof Setting)[];
const PACE = 900;

function read(rest: string): { setting: Setting; at: number } {
  const found = readRest(rest);
  const begun = found.input === undefined ? presets.course! : empty;
  const setting = Object.fromEntries(keys.map((key) => [key, found[key] ?? begun[key]])) as unknown as Setting;
  return { setting, at: Number.parseInt(found.at ?? "0", 10) || 0 };
}

const strongest = (image: Image): number => Math.max(0, ...image.flat(2).map((cell) => Math.abs(valueOf(cell))));

/** The bench of convolution: an image, a kernel, what comes of them, the sum behind each number, and all of it as a matrix. */
export function Convolution({ client, rest, setRest, setHelp }: ViewProps) {
  const words = text.convolution;
  const [{ setting, at }, setState] = useState(() => read(rest));
  const [weight, point] = useState<number | null>(null);
  const [playing, play] = useState(false);
  // Each change is one of what there is by then: two of them that come before the page is drawn add up.
  const remake = (make: (now: Setting) => Partial<Setting>): void => setState((now) => ({ setting: { ...now.setting, ...make(now.setting) }, at: now.at }));
  const change = (part: Partial<Setting>): void => remake(() => part);
  const go = (to: number): void => setState((now) => (now.at === to ? now : { ...now, at: to }));

  const isBackward = setting.backward !== "";
  const image = readImage(setting.input);
  const kernel = readKernel(setting.kernel);
  const [channels, height, width] = sizesOf(image);
  const [, kernelHeight, kernelWidth] = sizesOf(kernel[0] ?? []);

  const base = {
    input: setting.input,
    kernel: setting.kernel,
    stride: setting.stride,
    pad: setting.pad,
    dilation: setting.dilation,
    flipped: setting.flipped !== "",
    backward: isBackward,
    ...(setting.bias === "" ? {} : { bias: setting.bias.trim().split(/[\s,]+/).join(",") }),
    ...(isBackward && setting.gradient !== "" ? { gradient: setting.gradient } : {}),
  };
  const { answer, problem, isCurrent: isSettled } = useAnswer<ConvolutionAnswer>(client, "convolution", base);
  const isCurrent = isSettled && problem === null;
  const asked = useAnswer<MatrixAnswer>(client, "matrix", problem === null ? base : null);
  const matrix = asked.answer;
  const shown = answer?.result ?? [];
  const [, shownRows, shownColumns] = sizesOf(shown);
  const count = answer?.values.length ?? 0;
  const place = Math.max(0, Math.min(at, count - 1));
  // How many positions there are is not known before the answer; until then a step leads on, and is cut to the last when that comes.
  const last = isSettled ? Math.max(0, count - 1) : Infinity;
  const patch = useAnswer<PatchAnswer>(client, "patch", isCurrent && count > 0 ? { ...base, at: place } : null);
  const sum = patch.answer;
  const isSummed = isCurrent && patch.isCurrent && patch.problem === null;
  const terms = isSummed ? (sum?.terms ?? []) : [];
  const marks = new Map(terms.map(([c, i, j, w]) => [`${c} ${i} ${j}`, w]));
  const used = new Set(terms.map((term) => term[3]));

  useEffect(() => setHelp({ lead: words.lead, keys: words.keys }), []);
  // Where a link says to stand is not forgotten while the answer that leads there is awaited.
  const written = isCurrent ? place : Math.max(0, at);
  // At once, so that a view that is left in the next moment is found as it was.
  useLayoutEffect(() => setRest(writeRest({ ...Object.fromEntries(keys.map((key) => [key, setting[key] === empty[key] ? undefined : setting[key]])), at: `${written}` })), [setting, written]);

  const act = useRef({ step: (_by: number) => {}, toggle: () => {} });
  act.current = {
    step: (by) => {
      play(false);
      setState((now) => ({ ...now, at: Math.max(0, Math.min(last, Math.min(last, now.at) + by)) }));
    },
    toggle: () => {
      if (!playing && isSettled && place >= count - 1) go(0);
      play(!playing);
    },
  };
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, select, textarea, button, [tabindex], dialog[open]")) return;
      if (event.key === " ") act.current.toggle();
      else if (event.key === "ArrowRight" || event.key === "ArrowLeft") act.current.step(event.key === "ArrowRight" ? 1 : -1);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  // In a layout effect, so that a timer which is no longer wanted is gone before it can undo what has just been chosen.
  useLayoutEffect(() => {
    if (!playing || !isSettled) return;
    if (place >= count - 1) return play(false);
    const later = setTimeout(() => go(place + 1), PACE);
    return () => clearTimeout(later);
  }, [playing, place, count, isSettled]);

  const changeImage = (make: (image: Image, ...sizes: [number, number, number]) => Image): void => remake((now) => {
    const before = readImage(now.input);
    const next = make(before, ...sizesOf(before));
    const filters = readKernel(now.kernel);
    const [, rows, columns] = sizesOf(filters[0] ?? []);
    return { input: writeImage(next), kernel: writeKernel(resizedKernel(filters, filters.length, next.length, rows, columns)) };
  });
  const changeKernel = (make: (kernel: Kernel) => Kernel): void => remake((now) => ({ kernel: writeKernel(make(readKernel(now.kernel))) }));
  const setKernel = (sizes: { filters?: number; rows?: number; columns?: number }): void => changeKernel((now) => {
    const [c, rows, columns] = sizesOf(now[0] ?? []);
    return resizedKernel(now, sizes.filters ?? now.length, c, sizes.rows ?? rows, sizes.columns ?? columns);
  });
  const side = (value: string, most: number): number => Math.max(1, Math.min(most, Math.round(Number(value)) || 1));
  const preset = Object.keys(presets).find((name) => keys.every((key) => presets[name]![key] === setting[key])) ?? "";

  const output = answer?.output ?? [0, 0, 0];
  const gradientSizes: [number, number, number] = [output[2], output[0], output[1]];
  const given = setting.gradient === "" ? [] : readImage(setting.gradient);
  const ones: Image = resized([], ...gradientSizes).map((plane) => plane.map((row) => row.map(() => "1")));
  const gradient = given.length > 0 ? given : ones;
  const changeGradient = (make: (gradient: Image) => Image): void => remake((now) => ({ gradient: writeImage(make(now.gradient === "" ? ones : readImage(now.gradient))) }));
  const mark = (plane: number) => (row: number, column: number): Mark => {
    const w = marks.get(`${plane} ${row} ${column}`);
    return w === undefined ? "" : w === weight ? "same" : "in";
  };
  const weightAt = (o: number, c: number, a: number, b: number): number => ((o * channels + c) * kernelHeight + a) * kernelWidth + b;
  const name = (letter: string, plane: number, of: number): string => words.plane(letter, plane + 1, of);
  const chosen = (plane: number): [number, number] | null => {
    const inPlane = place - plane * shownRows * shownColumns;
    return inPlane < 0 || inPlane >= shownRows * shownColumns ? null : [Math.floor(inPlane / shownColumns), inPlane % shownColumns];
  };
  const widest = (plane: Plane, most: number): number => Math.min(most, Math.max(...plane.map((row) => row.length)));
  const pasted = (next: Plane, plane: number): void =>
    changeImage((now, c) => resized(now.map((old, d) => (d === plane ? next : old)), c, Math.min(MOST.side, next.length), widest(next, MOST.side)));
  const pastedKernel = (next: Plane, o: number, c: number): void => changeKernel((now) => {
    const filled = now.map((filter, f) => (f === o ? filter.map((old, d) => (d === c ? next : old)) : filter));
    return resizedKernel(filled, now.length, sizesOf(now[0] ?? [])[0], Math.min(MOST.kernel, next.length), widest(next, MOST.kernel));
  });
  // Where the gradient has been refused, the output's sizes are not known: what is pasted brings its own.
  const pastedGradient = (next: Plane, plane: number): void => changeGradient((now) => {
    const sizes: [number, number, number] = isCurrent ? gradientSizes : [now.length, Math.min(MOST.side, next.length), widest(next, MOST.side)];
    return resized(now.map((old, d) => (d === plane ? next : old)), ...sizes);
  });
  const [row, column] = [Math.floor(place / shownColumns) % shownRows, place % shownColumns];

  return (
    <>
      <section class="bar convolution-bar" aria-label={words.settings}>
        <div class="controls">
          <Choice
            label={words.example}
            value={preset}
            choices={[...(preset === "" ? [["", words.own] as [string, string]] : []), ...Object.keys(presets).map((key): [string, string] => [key, words.examples[key]!])]}
            onChoose={(key) => {
              play(false);
              if (presets[key] !== undefined) setState({ setting: presets[key], at: 0 });
            }}
          />
          <Choice label={words.way} value={isBackward ? "1" : ""} choices={[["", words.forward], ["1", words.backward]]} onChoose={(value) => change({ backward: value })} />
          <Choice label={words.kind} value={setting.flipped === "" ? "" : "1"} choices={[["", words.correlation], ["1", words.trueConvolution]]} onChoose={(value) => change({ flipped: value })} />
          <Entry label={words.stride} value={setting.stride} onChoose={(value) => change({ stride: value })} />
          <Entry label={words.pad} value={setting.pad} onChoose={(value) => change({ pad: value })} />
          <Entry label={words.dilation} value={setting.dilation} onChoose={(value) => change({ dilation: value })} />
          <Optional label={words.bias} value={setting.bias === "" ? null : setting.bias} usual={text.none} onChoose={(value) => change({ bias: value ?? "" })} />
        </div>
        <div class="controls sizes">
          <Entry label={words.rows} value={`${height}`} numeric onChoose={(value) => changeImage((now, c, _, w) => resized(now, c, side(value, MOST.side), w))} />
          <Entry label={words.columns} value={`${width}`} numeric onChoose={(value) => changeImage((now, c, h) => resized(now, c, h, side(value, MOST.side)))} />
          <Entry label={words.channels} value={`${channels}`} numeric onChoose={(value) => changeImage((now, _, h, w) => resized(now, side(value, MOST.channels), h, w))} />
          <Entry label={words.kernelRows} value={`${kernelHeight}`} numeric onChoose={(value) => setKernel({ rows: side(value, MOST.kernel) })} />
          <Entry label={words.kernelColumns} value={`${kernelWidth}`} numeric onChoose={(value) => setKernel({ columns: side(value, MOST.kernel) })} />
          <Entry label={words.filters} value={`${kernel.length}`} numeric onChoose={(value) => setKernel({ filters: side(value, MOST.channels) })} />
        </div>
      </section>
      {problem !== null && <div class="message" role="alert"><span>{problem.message}</span></div>}
      <main class="bench convolution" aria-busy={!isSettled || (isCurrent && !(patch.isCurrent && asked.isCurrent))}>
        <div class="top">
          <section class="left" aria-labelledby="stage">
            <h2 id="stage">{isBackward ? words.titleBackward : words.title}</h2>
            <p class="lead">{words.lead}</p>
            <div class={`stage${problem === null ? "" : " stale"}`}>
              <div class="wide planes">
                {isBackward
                  ? gradient.map((plane, c) => (
                      <NumberGrid
                        key={c}
                        label={name("∂L/∂y", c, gradient.length)}
                        plane={plane}
                        mark={mark(c)}
                        strongest={strongest(gradient)}
                        isPast={given.length === 0 && !isCurrent}
                        onEdit={(i, j, cell) => changeGradient((now) => now.map((old, d) => (d === c ? withCell(old, i, j, cell) : old)))}
                        onPaste={(next) => pastedGradient(next, c)}
                      />
                    ))
                  : image.map((plane, c) => (
                      <NumberGrid
                        key={c}
                        label={name("x", c, channels)}
                        plane={plane}
                        {...(answer === null || !isCurrent ? {} : { ring: answer.padding })}
                        mark={mark(c)}
                        strongest={strongest(image)}
                        onEdit={(i, j, cell) => changeImage((now) => now.map((old, d) => (d === c ? withCell(old, i, j, cell) : old)))}
                        onPaste={(next) => pasted(next, c)}
                      />
                    ))}
              </div>
              <span class="sign" aria-hidden="true">∗</span>
              <div class="wide planes kernels">
                {kernel.map((filter, o) => (
                  <div key={o} class="filter">
                    {filter.map((plane, c) => (
                      <NumberGrid
                        key={c}
                        label={kernel.length > 1 ? words.filter(o + 1, c + 1, channels) : name("w", c, channels)}
                        plane={plane}
                        mark={(a, b) => (weightAt(o, c, a, b) === weight ? "same" : used.has(weightAt(o, c, a, b)) ? "in" : "")}
                        strongest={strongest(kernel.flat())}
                        onEdit={(i, j, cell) => changeKernel((now) => now.map((f, p) => (p === o ? f.map((old, d) => (d === c ? withCell(old, i, j, cell) : old)) : f)))}
                        onPaste={(next) => pastedKernel(next, o, c)}
                        onPoint={(a, b, isOver) => point(isOver ? weightAt(o, c, a, b) : null)}
                      />
                    ))}
                  </div>
                ))}
                {setting.flipped !== "" && <p class="hint">{words.flippedNote}</p>}
              </div>
              <span class="sign" aria-hidden="true">=</span>
              <div class="wide planes">
                {shown.map((plane, c) => (
                  <NumberGrid
                    key={c}
                    label={name(isBackward ? "∂L/∂x" : "y", c, shown.length)}
                    plane={plane}
                    mark={(i, j) => (chosen(c)?.[0] === i && chosen(c)?.[1] === j ? "at" : "")}
                    strongest={strongest(shown)}
                    chosen={chosen(c)}
                    onChoose={(i, j) => {
                      play(false);
                      go((c * shownRows + i) * shownColumns + j);
                    }}
                  />
                ))}
              </div>
            </div>
            {count > 0 && (
              <div class="step">
                <Round label={words.previous} disabled={(isSettled ? place : at) === 0} onClick={() => act.current.step(-1)}><Icon name="previous" /></Round>
                <button type="button" class="play" aria-label={playing ? text.pause : words.play} title={playing ? text.pause : words.play} onClick={() => act.current.toggle()}>
                  <Icon name={playing ? "pause" : "play"} />
                </button>
                <Round label={words.next} disabled={isSettled && place >= count - 1} onClick={() => act.current.step(1)}><Icon name="next" /></Round>
                <span>{words.position(place + 1, count, shown.length > 1 ? Math.floor(place / (shownRows * shownColumns)) + 1 : null, row + 1, column + 1)}</span>
              </div>
            )}
          </section>
          {sum !== null && (
            <div class="sum" data-testid="sum">
              {/* The library's own MathML of a line that it has read back; no text of the page's is in it. */}
              <div class="math" aria-hidden="true" dangerouslySetInnerHTML={{ __html: sum.html }} />
              <p class="unseen" role={playing ? undefined : "status"}>{sum.line}</p>
            </div>
          )}
          {answer !== null && matrix !== null && (
            <section class="matrices" aria-labelledby="matrix">
              <h2 id="matrix">{words.matrix}</h2>
              <p class="lead">{words.matrixLead(isBackward, setting.bias !== "")}</p>
              <Figure title={words.matrix}>
                <MatrixPicture matrix={matrix} isBackward={isBackward} row={Math.min(place, matrix.rows - 1)} weight={weight} onRow={go} onWeight={point} />
              </Figure>
              <p class="hint">{words.nonzeros(matrix.nonzeros, matrix.rows * matrix.columns)} {weight !== null && matrix.times[weight] !== undefined ? words.times(matrix.times[weight]) : words.pointAtWeight}</p>
            </section>
          )}
        </div>
        {answer !== null && (
          <div class="beside">
            <section aria-labelledby="shape">
              <h2 id="shape">{words.shape}</h2>
              <p class="hint">{answer.notation}</p>
              {answer.formulas.map((line) => <p key={line} class="math">{line}</p>)}
            </section>
            <section aria-labelledby="count">
              <h2 id="count">{words.parameters}</h2>
              <dl class="counts">
                <dt>{words.ofConvolution}</dt>
                <dd class="math">{answer.parameters.join("; ")}</dd>
                <dt>{words.ofDense}</dt>
                <dd class="math">{answer.dense}</dd>
                <dt>{words.macs}</dt>
                <dd class="math">{answer.macs.join("; ")}</dd>
              </dl>
              {matrix !== null && <p class="hint">{words.proof(matrix.inSymbols === true, matrix.largestDifference)}</p>}
            </section>
          </div>
        )}
        {answer === null && problem === null && <p role="status" class="hint">{client.lost ? text.lost : text.connecting}</p>}
      </main>
    </>
  );
}
