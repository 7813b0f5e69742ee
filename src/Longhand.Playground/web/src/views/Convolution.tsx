import "./bench.css";
import "./Convolution.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { Figure } from "../Figure";
import { readRest, writeRest } from "../address";
import { useAnswer } from "../answers";
import { type Image, MOST, type Plane, readImage, readKernel, resized, resizedKernel, sizesOf, valueOf, withCell, writeImage, writeKernel } from "../convolution/grids";
import { type MatrixAnswer, MatrixPicture } from "../convolution/MatrixPicture";
import { type Mark, NumberGrid } from "../convolution/NumberGrid";
import { empty, presets, type Setting } from "../convolution/presets";
import { Choice, Entry, Round } from "../fields";
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
  const change = (part: Partial<Setting>): void => setState((now) => ({ setting: { ...now.setting, ...part }, at: now.at }));
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
  const { answer, of, problem } = useAnswer<ConvolutionAnswer>(client, "convolution", base);
  const matrix = useAnswer<MatrixAnswer>(client, "matrix", problem === null ? base : null).answer;
  const shown = answer?.result ?? [];
  const [, shownRows, shownColumns] = sizesOf(shown);
  const count = answer?.values.length ?? 0;
  const place = Math.max(0, Math.min(at, count - 1));
  const isCurrent = problem === null && of !== null && JSON.stringify(of) === JSON.stringify(base);
  const patch = useAnswer<PatchAnswer>(client, "patch", isCurrent && count > 0 ? { ...base, at: place } : null);
  const sum = patch.answer;
  const terms = patch.of?.at === place && isCurrent ? (sum?.terms ?? []) : [];
  const marks = new Map(terms.map(([c, i, j, w]) => [`${c} ${i} ${j}`, w]));
  const used = new Set(terms.map((term) => term[3]));

  useEffect(() => setHelp({ lead: words.lead, keys: words.keys }), []);
  // A pointer that sweeps over the output would write more addresses than a browser takes.
  useEffect(() => {
    const later = setTimeout(() => setRest(writeRest({ ...Object.fromEntries(keys.map((key) => [key, setting[key] === empty[key] ? undefined : setting[key]])), at: `${place}` })), 200);
    return () => clearTimeout(later);
  }, [setting, place]);

  const act = useRef({ step: (_by: number) => {}, toggle: () => {} });
  act.current = {
    step: (by) => {
      play(false);
      go(Math.max(0, Math.min(count - 1, place + by)));
    },
    toggle: () => {
      if (!playing && place === count - 1) go(0);
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
  useEffect(() => {
    if (!playing) return;
    if (place >= count - 1) return play(false);
    const later = setTimeout(() => go(place + 1), PACE);
    return () => clearTimeout(later);
  }, [playing, place, count]);

  const setImage = (next: Image): void => {
    const [c] = sizesOf(next);
    change({ input: writeImage(next), kernel: writeKernel(resizedKernel(kernel, kernel.length, c, kernelHeight, kernelWidth)) });
  };
  const setKernel = (filters: number, rows: number, columns: number): void => change({ kernel: writeKernel(resizedKernel(kernel, filters, channels, rows, columns)) });
  const side = (value: string, most: number): number => Math.max(1, Math.min(most, Math.round(Number(value)) || 1));
  const preset = Object.keys(presets).find((name) => keys.every((key) => presets[name]![key] === setting[key])) ?? "";

  const output = answer?.output ?? [0, 0, 0];
  const gradientSizes: [number, number, number] = [output[2], output[0], output[1]];
  const given = setting.gradient === "" ? [] : readImage(setting.gradient);
  const gradient: Image =
    given.length > 0 && sizesOf(given).join() === gradientSizes.join() ? given : resized([], ...gradientSizes).map((plane) => plane.map((row) => row.map(() => "1")));
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
  const pasted = (next: Plane, plane: number): void => {
    const columns = Math.min(MOST.side, Math.max(...next.map((row) => row.length)));
    setImage(resized(image.map((old, c) => (c === plane ? next : old)), channels, Math.min(MOST.side, next.length), columns));
  };
  const pastedKernel = (next: Plane, o: number, c: number): void => {
    const columns = Math.min(MOST.kernel, Math.max(...next.map((row) => row.length)));
    const filled = kernel.map((filter, f) => (f === o ? filter.map((old, d) => (d === c ? next : old)) : filter));
    change({ kernel: writeKernel(resizedKernel(filled, kernel.length, channels, Math.min(MOST.kernel, next.length), columns)) });
  };
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
          <label class="field">
            <span>{words.bias}</span>
            <input type="text" value={setting.bias} placeholder={text.none} spellcheck={false} onChange={(event) => change({ bias: event.currentTarget.value.trim() })} />
          </label>
        </div>
        <div class="controls sizes">
          <Entry label={words.rows} value={`${height}`} numeric onChoose={(value) => setImage(resized(image, channels, side(value, MOST.side), width))} />
          <Entry label={words.columns} value={`${width}`} numeric onChoose={(value) => setImage(resized(image, channels, height, side(value, MOST.side)))} />
          <Entry label={words.channels} value={`${channels}`} numeric onChoose={(value) => setImage(resized(image, side(value, MOST.channels), height, width))} />
          <Entry label={words.kernelRows} value={`${kernelHeight}`} numeric onChoose={(value) => setKernel(kernel.length, side(value, MOST.kernel), kernelWidth)} />
          <Entry label={words.kernelColumns} value={`${kernelWidth}`} numeric onChoose={(value) => setKernel(kernel.length, kernelHeight, side(value, MOST.kernel))} />
          <Entry label={words.filters} value={`${kernel.length}`} numeric onChoose={(value) => setKernel(side(value, MOST.channels), kernelHeight, kernelWidth)} />
        </div>
      </section>
      {problem !== null && <div class="message" role="alert"><span>{problem.message}</span></div>}
      <main class="bench convolution">
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
                        onEdit={(i, j, cell) => change({ gradient: writeImage(gradient.map((old, d) => (d === c ? withCell(old, i, j, cell) : old))) })}
                        onPaste={(next) => change({ gradient: writeImage(resized(gradient.map((old, d) => (d === c ? next : old)), ...gradientSizes)) })}
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
                        onEdit={(i, j, cell) => setImage(image.map((old, d) => (d === c ? withCell(old, i, j, cell) : old)))}
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
                        onEdit={(i, j, cell) => change({ kernel: writeKernel(kernel.map((f, p) => (p === o ? f.map((old, d) => (d === c ? withCell(old, i, j, cell) : old)) : f))) })}
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
                <Round label={words.previous} disabled={place === 0} onClick={() => act.current.step(-1)}><Icon name="previous" /></Round>
                <button type="button" class="play" aria-label={playing ? text.pause : words.play} title={playing ? text.pause : words.play} onClick={() => act.current.toggle()}>
                  <Icon name={playing ? "pause" : "play"} />
                </button>
                <Round label={words.next} disabled={place >= count - 1} onClick={() => act.current.step(1)}><Icon name="next" /></Round>
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
