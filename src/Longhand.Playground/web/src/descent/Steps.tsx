import { Fragment } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Lines } from "../Lines";
import { short } from "../settings";
import { text } from "../text";
import { type Line, type Path, reached } from "./state";

const DIGITS = 6;
// About as high as the arithmetic of a step.
const ANSWER = 520;

/** Every step of one optimizer as a table, up to the present one; a step opens its arithmetic. */
export function Steps({ path, names, at, open, lines, error, onOpen }: {
  path: Path;
  names: { height: string; variables: [string, string] };
  at: number;
  open: number | null;
  lines: Line[] | null;
  error: string | null;
  onOpen: (step: number | null) => void;
}) {
  const current = useRef<HTMLTableRowElement>(null);
  const opened = useRef<HTMLTableRowElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const last = reached(path, at);
  const [x, y] = names.variables;
  // The present step stays in sight, and the page where it is.
  useEffect(() => {
    const room = scroller.current!;
    const head = room.querySelector("thead")!.offsetHeight;
    if (opened.current !== null) room.scrollTop = Math.min(opened.current.offsetTop - head, opened.current.offsetTop + ANSWER - room.clientHeight);
    else if (current.current !== null) room.scrollTop = current.current.offsetTop + current.current.offsetHeight - room.clientHeight;
  }, [last, open]);
  const changes = path.rate.some((rate) => rate !== null && rate !== path.rate[1]);
  const kept = path.state.flatMap((name) => [`${name}(${x})`, `${name}(${y})`]);
  const columns = 6 + (changes ? 1 : 0) + kept.length;
  return (
    <div class="steps" ref={scroller} tabIndex={0} role="region" aria-label={text.descent.tableRegion}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.descent.at.toLowerCase()}</th>
            {[x, y, names.height, `∂${names.height}/∂${x}`, `∂${names.height}/∂${y}`, ...(changes ? [text.descent.rate] : []), ...kept].map((name) => <th key={name} scope="col">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: last + 1 }, (_, step) => (
            <Fragment key={step}>
              <tr ref={step === open ? opened : step === last ? current : null} class={step === at ? "now" : undefined}>
                <th scope="row">
                  {step === 0 ? (
                    "0"
                  ) : (
                    <button type="button" class="opens" aria-expanded={open === step} aria-label={text.descent.open(step)} onClick={() => onOpen(open === step ? null : step)}>
                      {step}
                    </button>
                  )}
                </th>
                {[path.x, path.y, path.value, path.dx, path.dy, ...(changes ? [path.rate] : []), ...path.kept].map((column, i) => (
                  <td key={i}>{column[step] === null && step === 0 ? "" : short(column[step], DIGITS)}</td>
                ))}
              </tr>
              {open === step && (
                <tr class="opened">
                  <td colSpan={columns}>
                    {error !== null ? <p class="wrong">{error}</p> : lines === null ? "…" : <Lines lines={lines} />}
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}
