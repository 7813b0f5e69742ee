import { text } from "../../text";
import type { Chosen, Line, Working } from "./lines";

const MOST = 60;

/** What is chosen: what it was made from, what uses it, and how one came here. */
export function Facts({ working, chosen, sources, users, trail, numberOf, result, onLine, onNumber, onBack, onTrail }: {
  working: Working;
  chosen: Chosen | null;
  /** The given numbers in the chosen line: key and name. */
  sources: { key: string; name: string }[];
  users: Line[];
  trail: string[];
  numberOf: (line: Line) => string;
  /** What comes out, unless it is covered. */
  result: string | null;
  onLine: (line: Line) => void;
  onNumber: (key: string) => void;
  onBack: () => void;
  onTrail: (index: number) => void;
}) {
  const t = text.ledger;
  if (chosen === null) return <p class="facts lead">{t.nothingChosen}</p>;
  const name = "given" in chosen ? (sources[0]?.name ?? chosen.given) : chosen.line.name;
  const made = "given" in chosen ? [] : chosen.line.uses.map((id) => working.lines.find((line) => line.id === id)!);
  return (
    <section class="facts" aria-label={t.chosen(name)}>
      <div class="trail">
        <button type="button" class="chip" disabled={trail.length < 2} onClick={onBack}>← {t.back}</button>
        <ol aria-label={t.trail}>
          {trail.map((step, i) => (
            <li key={i}>
              {i === trail.length - 1 ? <strong aria-current="true">{step}</strong> : <button type="button" class="word" onClick={() => onTrail(i)}>{step}</button>}
            </li>
          ))}
        </ol>
      </div>
      <p class="is">
        <span class="what">{name}</span>
        {result !== null && <span> {result}</span>}
        <small>{"given" in chosen ? t.isGiven : t.isLine(numberOf(chosen.line), t.sections[chosen.line.section] ?? chosen.line.section)}</small>
      </p>
      {"line" in chosen && made.length + sources.length > 0 && (
        <p class="row">
          <span class="label">{t.madeFrom}</span>
          <span>
            {made.map((line) => <button key={line.id} type="button" class="chip" onClick={() => onLine(line)}>{line.name}</button>)}
            {sources.map(({ key, name }) => <button key={key} type="button" class="chip given-chip" onClick={() => onNumber(key)}>{name}</button>)}
          </span>
        </p>
      )}
      <p class="row">
        <span class="label">{t.used(users.length)}</span>
        <span>
          {users.slice(0, MOST).map((line) => <button key={line.id} type="button" class="chip" onClick={() => onLine(line)}>{line.name} <small>{numberOf(line)}</small></button>)}
          {users.length > MOST && <small>{t.more(users.length - MOST)}</small>}
        </span>
      </p>
    </section>
  );
}
