import { useMemo, useState } from "preact/hooks";
import uPlot from "uplot";
import { Chart, type Columns, type Line } from "./Chart";
import { differences } from "./differences";
import { Check } from "./fields";
import { Figure } from "./Figure";
import { useScheme } from "./palette";
import type { Client } from "./client";
import { MOST_PINS, type Pin, withPresent } from "./protocol";
import { short } from "./settings";
import { text } from "./text";

/** Pinned runs are told apart by their dashes as well as by colour. */
const dashes = [[2, 3], [10, 4], [10, 3, 2, 3], [5, 3], [14, 3, 2, 3, 2, 3], [1, 4]];

function Swatch({ dash, color }: { dash: number[]; color: string }) {
  return (
    <svg class="swatch" width="34" height="8" aria-hidden="true">
      <line x1="0" y1="4" x2="34" y2="4" stroke={`var(${color})`} stroke-width="2" stroke-dasharray={dash.join(" ")} />
    </svg>
  );
}

/** The losses over the epochs, those of pinned runs behind them; below, what they are at one place. */
export function LossChart({ client, scales, onScales, pins: canPin = true }: {
  client: Client;
  /** The axes that are logarithmic: of x and y. */
  scales: string;
  onScales: (scales: string) => void;
  /** Whether runs can be pinned. */
  pins?: boolean;
}) {
  const scheme = useScheme();
  const [place, setPlace] = useState<number | null>(null);
  const { opened, frame, pins } = client;
  const history = useMemo(() => withPresent(client.history, frame), [client.history, frame]);
  const penalized = opened!.settings.regularization !== "none";
  const hasTest = history.test.some((v) => v !== null);
  const slot = (pin: Pin): number => (pin.id - 1) % MOST_PINS;

  const lines: Line[] = [
    { label: text.trainLoss, color: "--train" },
    { label: text.testLoss, color: "--test", dash: [6, 4] },
    { label: text.penalty, color: "--penalty", dash: [2, 3], width: 1.4 },
    ...pins.flatMap((pin) => [
      { label: text.trainLoss, color: `--pin${slot(pin)}`, width: 1, dash: dashes[slot(pin)]! },
      { label: text.testLoss, color: `--pin${slot(pin)}`, width: 2, dash: dashes[slot(pin)]! },
    ]),
  ];
  const columns = useMemo((): Columns => {
    const own: Columns = [history.epoch, history.train, history.test, penalized ? history.penalty : history.epoch.map(() => null)];
    if (pins.length === 0) return own;
    return uPlot.join([own, ...pins.map((pin): Columns => [pin.history.epoch, pin.history.train, pin.history.test])] as uPlot.AlignedData[]) as Columns;
  }, [history, penalized, pins]);

  const at = place === null || place >= columns[0].length ? columns[0].length - 1 : place;
  // Where a pinned run was not measured in this very epoch, its last measurement before is said.
  const value = (line: number, from = at): number | null => {
    for (let i = from; i >= 0; i--) {
      const found = columns[line]![i];
      if (found !== null && found !== undefined) return found;
    }
    return null;
  };
  const read = (i: number): string =>
    text.time.readout(columns[0][i]!, short(value(1, i)), hasTest ? short(value(2, i)) : null, penalized ? short(value(3, i)) : null);
  const moves = history.rate.some((rate) => rate !== history.rate[0]);
  const [logX, logY] = [scales.includes("x"), scales.includes("y")];
  const toggle = (axis: string) => (on: boolean): void => onScales(["x", "y"].filter((one) => (one === axis ? on : scales.includes(one))).join(""));
  return (
    <div class="curves">
      <div class="curvehead">
        <h3>{text.curves}</h3>
        <span class="scales">
          <Check label={text.time.logX} value={logX} onChoose={toggle("x")} />
          <Check label={text.logScale} value={logY} onChoose={toggle("y")} />
        </span>
      </div>
      <Figure title={text.curves}>
      <Chart
        key={`${scales} ${scheme} ${penalized} ${pins.map((pin) => pin.id)}`}
        label={text.lossCurvesLabel}
        height={170}
        lines={lines}
        columns={columns}
        logX={logX}
        logY={logY}
        place={place}
        onPlace={setPlace}
        read={read}
      />
      </Figure>
      <dl class="readout">
        <div><dt>{text.epoch}</dt><dd>{columns[0][at] ?? 0}</dd></div>
        <div><dt><Swatch dash={[]} color="--train" />{text.time.train}</dt><dd>{short(value(1))}</dd></div>
        {hasTest && <div><dt><Swatch dash={[6, 4]} color="--test" />{text.time.test}</dt><dd>{short(value(2))}</dd></div>}
        {penalized && <div><dt><Swatch dash={[2, 3]} color="--penalty" />{text.time.penalty}</dt><dd>{short(value(3))}</dd></div>}
      </dl>
      {moves && (
        <>
          <h4>{text.rate}</h4>
          <Chart
            key={`rate ${logX} ${scheme}`}
            label={text.time.rateLabel}
            height={84}
            lines={[{ label: text.rate, color: "--accent", width: 1.5 }]}
            columns={[history.epoch, history.rate]}
            logX={logX}
            place={place}
            onPlace={setPlace}
            read={(i) => text.time.rateAt(history.epoch[i]!, short(history.rate[i]))}
          />
        </>
      )}
      {canPin && <div class="pins">
        <button type="button" class="plain" disabled={pins.length >= MOST_PINS} title={text.time.pinTitle} onClick={() => void client.pin()}>{text.time.pin}</button>
        {pins.length > 0 && (
          <ul aria-label={text.time.pinned}>
            {pins.map((pin, i) => (
              <li key={pin.id}>
                <Swatch dash={dashes[slot(pin)]!} color={`--pin${slot(pin)}`} />
                <span>
                  {differences(pin.settings, opened!.settings).join(", ") || text.time.same}
                  <small> {text.time.pinAt(pin.epoch, short(value(4 + 2 * i)), short(value(5 + 2 * i)))}</small>
                </span>
                <button type="button" class="dismiss" aria-label={text.time.unpin(i + 1)} title={text.time.unpin(i + 1)} onClick={() => client.unpin(pin.id)}>×</button>
              </li>
            ))}
          </ul>
        )}
      </div>}
    </div>
  );
}
