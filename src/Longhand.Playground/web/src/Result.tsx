import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Check } from "./fields";
import { LossChart } from "./LossChart";
import { mapOf, nameOf, type Place } from "./NetworkView";
import { paint, table, useScheme } from "./palette";
import type { Client, Frame, Opened } from "./protocol";
import { short } from "./settings";
import { Part } from "./rules";
import { text } from "./text";

const ROOM = 26;
const written = (tick: number): string => `${tick}`.replace("-", "−");

/** What has been learned: the output over the plane, and the losses. */
export function Result({ client, opened, frame, features, chosen, onView }: {
  client: Client;
  opened: Opened;
  frame: Frame | null;
  features: Uint8Array;
  chosen: Place | null;
  onView: (key: "test" | "discretize", value: boolean) => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const buffer = useRef<HTMLCanvasElement | undefined>(undefined);
  const [isLog, setLog] = useState(false);
  const scheme = useScheme();
  const showsTest = opened.settings.test === "true";
  const discrete = opened.settings.discretize === "true";
  const shown = chosen ?? { layer: opened.layers.length, unit: 0 };

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
    paint(buffer.current, bytes, side, table(scheme, discrete));
    const plane = size - ROOM;
    pen.imageSmoothingEnabled = true;
    pen.drawImage(buffer.current, ROOM, 0, plane, plane);
    const at = (value: number): number => ((value + opened.extent) / (2 * opened.extent)) * plane;
    pen.fillStyle = style.getPropertyValue("--muted");
    pen.font = "11px system-ui, sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "top";
    const ticks = [-opened.extent, 0, opened.extent];
    for (const tick of ticks) pen.fillText(written(tick), Math.min(size - 8, Math.max(ROOM + 8, ROOM + at(tick))), plane + 6);
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (const tick of ticks) pen.fillText(written(tick), ROOM - 6, Math.min(plane - 6, Math.max(6, plane - at(tick))));
    const radius = opened.x.length > 800 ? 2.2 : 3;
    const high = style.getPropertyValue("--high");
    const low = style.getPropertyValue("--low");
    const ground = style.getPropertyValue("--ground");
    const draw = (i: number): void => {
      const isTest = i >= opened.trained;
      const label = opened.label[i]!;
      const [px, py] = [ROOM + at(opened.x[i]!), plane - at(opened.y[i]!)];
      pen.beginPath();
      if (label >= 0) pen.arc(px, py, radius, 0, 2 * Math.PI);
      else pen.rect(px - radius * 0.9, py - radius * 0.9, radius * 1.8, radius * 1.8);
      const color = label >= 0 ? high : low;
      pen.globalAlpha = opened.classes ? 1 : 0.25 + 0.75 * Math.min(1, Math.abs(label));
      if (isTest) {
        pen.lineWidth = 2.6;
        pen.strokeStyle = ground;
        pen.stroke();
        pen.lineWidth = 1.4;
        pen.strokeStyle = color;
        pen.stroke();
      } else {
        pen.fillStyle = color;
        pen.fill();
        pen.lineWidth = 1;
        pen.strokeStyle = ground;
        pen.stroke();
      }
      pen.globalAlpha = 1;
    };
    for (let i = 0; i < (showsTest ? opened.x.length : opened.trained); i++) draw(i);
  });

  const share = (accuracy: number | undefined): string => (accuracy === undefined ? "" : `${(100 * accuracy).toFixed(accuracy === 1 ? 0 : 1)} % ${text.accuracy}`);
  return (
    <section class="result" aria-labelledby="result">
      <h2 id="result">{text.result}</h2>
      <p class="lead">{chosen === null || chosen.layer === opened.layers.length ? text.resultLead : nameOf(opened, chosen)}</p>
      <dl class="losses">
        <div class="train"><dt>{text.trainLoss}</dt><dd>{short(frame?.train.loss)}</dd><dd class="small">{share(frame?.train.accuracy)}</dd></div>
        <div class="test"><dt>{text.testLoss}</dt><dd>{short(frame?.test?.loss)}</dd><dd class="small">{share(frame?.test?.accuracy)}</dd></div>
        {opened.settings.regularization !== "none" && <div><dt>{text.penalty}</dt><dd>{short(frame?.penalty)}</dd><dd class="small" /></div>}
      </dl>
      <canvas class="plane" ref={canvas} role="img" aria-label={text.resultLabel(written(-opened.extent), written(opened.extent))} />
      <p class="legend">
        <span><i class="disc" /> {text.positive}</span>
        <span><i class="square" /> {text.negative}</span>
        {showsTest && <span>{text.testMark}</span>}
      </p>
      <div class="checks">
        <Check name="test" label={text.showTest} value={showsTest} onChoose={(value) => onView("test", value)} />
        <Check name="discretize" label={text.discretize} value={discrete} onChoose={(value) => onView("discretize", value)} />
      </div>
      <Part name="curves">
        <div class="curvehead">
          <h3>{text.curves}</h3>
          <Check label={text.logScale} value={isLog} onChoose={setLog} />
        </div>
        <LossChart key={`${isLog} ${scheme}`} history={client.history} isLog={isLog} />
      </Part>
    </section>
  );
}
