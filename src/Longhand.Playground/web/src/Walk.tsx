import { useRef } from "preact/hooks";
import type { Frame, Opened, Within } from "./protocol";
import { short } from "./settings";
import { text } from "./text";

interface Row {
  node: string;
  numbers: (number | null)[];
}

/** What is known of an example up to an operation. */
export interface OperationAnswer {
  index: number;
  input: number[];
  values: Row[];
  loss: { output: (number | null)[]; target: (number | null)[]; value: number | null; gradient: (number | null)[] } | null;
  gradients: Row[];
  sum: (number | null)[][] | null;
}

const MOST_SHOWN = 12;

/** Where within a batch the run stands, in words. */
export function placeOf(opened: Opened, frame: Frame, within: Within): string {
  const where = text.time.position(frame.epoch + 1, frame.batch + (within.kind === "update" ? 0 : 1));
  if (within.kind === "update") return `${text.time.positionUpdate(frame.epoch + (frame.batch === 0 ? 0 : 1), frame.batch)} · ${text.time.update}`;
  const column = within.layer === opened.layers.length ? text.time.output : text.time.layer(within.layer);
  const does =
    within.kind === "loss" ? text.time.loss
    : within.kind === "forward" ? (within.map ? text.time.forward(column) : text.time.forwardActivation(column))
    : within.map ? text.time.backward(column)
    : text.time.backwardActivation(column);
  return `${where}, ${text.time.exampleOf(within.example, within.of)} · ${does}`;
}

function Numbers({ name, numbers }: { name: string; numbers: (number | null)[] }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {numbers.slice(0, MOST_SHOWN).map((number, i) => <td key={i}>{short(number, 4)}</td>)}
      {numbers.length > MOST_SHOWN && <td>…</td>}
    </tr>
  );
}

interface Walked {
  opened: Opened;
  frame: Frame;
  within: Within;
  answer: OperationAnswer | null;
}

/**
 * The operation that was gone through last, with the numbers that it read and made; until those are here, the one before it with its own.
 * @param isCurrent Whether the answer is to this operation.
 */
export function Walk({ isCurrent, ...now }: Walked & { isCurrent: boolean }) {
  const drawn = useRef<Walked | null>(null);
  if (isCurrent) drawn.current = now;
  else if (drawn.current?.opened !== now.opened) drawn.current = { ...now, answer: null };
  const { opened, frame, within, answer } = drawn.current ?? now;
  const last = within.kind === "forward" ? answer?.values.length ?? 0 : 0;
  const shown = answer === null ? [] : within.kind === "forward" ? answer.values.slice(Math.max(0, last - 1)) : [];
  const before = answer === null ? [] : last > 1 ? answer.values[last - 2]!.numbers : answer.input;
  const gradients = answer?.gradients ?? [];
  const arriving = gradients.length > 1 ? gradients[gradients.length - 2]!.numbers : (answer?.loss?.gradient ?? []);
  const leaving = gradients[gradients.length - 1];
  const weight = within.map && within.kind === "backward" && answer?.sum !== null ? answer?.sum[opened.layers[within.layer - 1]!.weight] : undefined;
  return (
    <section class="walk" aria-label={text.time.walk}>
      <p role="status">{placeOf(opened, frame, within)}</p>
      {answer !== null && within.kind !== "update" && (
        <div class="tables" tabIndex={0} role="region" aria-label={text.time.walkNumbers}>
          <table>
            <tbody>
              {within.kind === "forward" && (
                <>
                  <Numbers name={text.time.reads} numbers={before} />
                  {shown.map(({ node, numbers }) => <Numbers key={node} name={text.time.gives(node)} numbers={numbers} />)}
                </>
              )}
              {within.kind === "loss" && answer.loss !== null && (
                <>
                  <Numbers name={text.output} numbers={answer.loss.output} />
                  <Numbers name={text.time.target} numbers={answer.loss.target} />
                  <Numbers name="L" numbers={[answer.loss.value]} />
                </>
              )}
              {within.kind === "backward" && leaving !== undefined && (
                <>
                  <Numbers name={text.time.arrives} numbers={arriving} />
                  <Numbers name={text.time.leaves(leaving.node)} numbers={leaving.numbers} />
                  {weight !== undefined && <Numbers name={text.time.summed(within.example)} numbers={weight} />}
                </>
              )}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
