import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { experimentLink } from "../address";
import { useAnswer } from "../answers";
import { Written } from "../fields";
import { Figure } from "../Figure";
import { NetworkView } from "../NetworkView";
import { text } from "../text";
import type { ViewProps } from "../views";
import { readShown, type Shown, writeShown } from "./ledger/address";
import { Chooser, Progress } from "./ledger/Chooser";
import { Cover, covered, type Mark, type Score } from "./ledger/cover";
import { Facts } from "./ledger/Facts";
import { atOf, type Chosen, isComputed, keysOf, type Line, lineOf, placesOf, tokenOf, type Working } from "./ledger/lines";
import { type Page, Sheet } from "./ledger/Sheet";
import { copy, download } from "./ledger/take";
import "./Ledger.css";

const t = text.ledger;
const MOST_PLACES = 16;

interface Found {
  /** The given numbers in the chosen line, or the chosen number itself. */
  sources: { key: string; name: string }[];
  users: Line[];
  lit: Map<string, "chosen" | "source" | "user">;
}

const nobody: Found = { sources: [], users: [], lit: new Map() };

/** One example, or the next batch, worked by hand, beside the network that it runs through. */
export function Ledger({ client, rest, setRest, setHelp }: ViewProps) {
  const first = useMemo(() => readShown(rest), []);
  const [shown, setShown] = useState(first.shown);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [found, setFound] = useState(nobody);
  const [score, setScore] = useState<Score | null>(null);
  const [said, say] = useState("");
  const page = useRef<Page | null>(null);
  const cover = useRef<Cover | null>(null);
  // That the chosen line is to be gone to, and from where: whoever is somewhere else by then stays there.
  const moves = useRef<{ from: Element | null } | null>(first.shown.line.length > 0 ? { from: null } : null);
  const { hello, opened, frame } = client;

  useEffect(() => {
    if (client.opened === null) client.begin(first.link);
    else if (client.running) client.send({ type: "pause" });
    setHelp({ lead: t.helpLead, keys: t.keys });
  }, []);

  const change = useCallback((what: Partial<Shown>) => setShown((now) => ({ ...now, ...what })), []);

  // A working is of one moment: while the network trains there is none.
  const stands = opened !== null && frame !== null && client.isFresh && !client.running && !frame.running && !frame.seeking;
  const moment = stands ? `${opened.link} ${frame.epoch} ${frame.batch} ${frame.touched}` : null;
  const asks = {
    set: shown.set,
    view: shown.as,
    ...(shown.set === "own" ? { input: shown.input, target: shown.target } : shown.set === "batch" ? {} : { example: shown.example }),
    ...(shown.digits === 0 ? {} : { digits: shown.digits }),
    ...(shown.at.length === 0 ? {} : { at: shown.at }),
  };
  const { answer: working, of: worked, problem, isCurrent } = useAnswer<Working>(client, "ledger", moment === null ? null : asks, moment);
  useEffect(() => setRefusal(problem?.message ?? null), [problem, working]);

  const link = stands ? [experimentLink(opened, frame), writeShown(shown)].filter((part) => part !== "").join("&") : null;
  useEffect(() => {
    if (link !== null) setRest(link);
  }, [link]);

  const token = shown.line[shown.line.length - 1];
  const chosen = useMemo((): Chosen | null => {
    if (working === null || token === undefined) return null;
    const line = lineOf(working, token);
    return line === undefined ? { given: token } : { line };
  }, [working, token]);

  // Only the page knows which given numbers stand in a line, and in which lines a given number stands.
  useLayoutEffect(() => {
    if (working === null || opened === null || chosen === null || page.current === null) {
      setFound(nobody);
      return;
    }
    const { root, element } = page.current;
    const named = (elements: Iterable<Element>): { key: string; name: string }[] => [
      ...new Map([...elements].map((e) => [e.getAttribute("data-of")!, { key: e.getAttribute("data-of")!, name: e.getAttribute("data-name")! }])).values(),
    ];
    const lit: Found["lit"] = new Map();
    const light = (key: string, mark: "chosen" | "source" | "user"): void => {
      for (const place of placesOf(key, working, opened)) lit.set(place, mark);
    };
    const byId = new Map(working.lines.map((line) => [line.id, line]));
    const isGiven = "given" in chosen;
    const sources = isGiven
      ? named(root.querySelectorAll(`[data-of="${CSS.escape(chosen.given)}"][data-name]`))
      : named(element(chosen.line)?.querySelectorAll("[data-name]") ?? []);
    const users = isGiven
      ? [...new Set([...root.querySelectorAll(`[data-of="${CSS.escape(chosen.given)}"]`)].map((e) => e.closest(".line")?.id))].flatMap((id) => byId.get(id?.slice(5) ?? "") ?? [])
      : working.lines.filter((line) => line.uses.includes(chosen.line.id));
    for (const line of users) light(line.key, "user");
    if (!isGiven) {
      for (const { key } of sources) light(key, "source");
      for (const id of chosen.line.uses) light(byId.get(id)!.key, "source");
    }
    light(isGiven ? chosen.given : chosen.line.key, "chosen");
    setFound({ sources, users, lit });
    const name = isGiven ? (sources[0]?.name ?? chosen.given) : chosen.line.name;
    say(t.announce(name, isGiven ? t.isGiven : t.isLine(numberOf(chosen.line), t.sections[chosen.line.section]!), users.length));
    const place = isGiven ? null : element(chosen.line);
    if (moves.current === null || place === null) return;
    const { from } = moves.current;
    moves.current = null;
    if (from !== null && document.activeElement !== from && document.activeElement !== document.body) return;
    for (const other of root.querySelectorAll<HTMLElement>(".line")) other.tabIndex = other === place ? 0 : -1;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }, [working, chosen, opened]);

  useEffect(() => {
    if (working === null || page.current === null || shown.cover === "") {
      setScore(null);
      return;
    }
    const mark = (lines: string[], written: string[]): Promise<Record<string, Mark>> =>
      client.ask<{ marks: Record<string, Mark> }>("grade", { ...worked, lines, written }).then(
        ({ marks }) => marks,
        (error: Error) => {
          setRefusal(error.message);
          return {};
        },
      );
    const test = new Cover(page.current.root, covered(working.lines, shown.cover), mark, setScore, say);
    cover.current = test;
    return () => {
      cover.current = null;
      test.remove();
    };
  }, [working, shown.cover]);

  const numberOf = (line: Line): string => page.current?.element(line)?.dataset.number ?? "";
  const isVeiled = (id: string): boolean => cover.current?.has(id) ?? false;
  const go = (to: string, isMove = true): void => {
    moves.current = isMove ? { from: document.activeElement } : null;
    setShown((now) => (now.line[now.line.length - 1] === to ? now : { ...now, line: [...now.line, to].slice(-12) }));
  };
  const goLine = (line: Line, isMove = true): void => go(tokenOf(working!, { line }), isMove);
  // What is computed but has no line is worked on its own; everything else was given.
  const goNumber = (key: string): void => {
    if (isComputed(key)) setShown((now) => ({ ...now, at: [...now.at.filter((place) => place !== atOf(key)), atOf(key)].slice(-MOST_PLACES) }));
    go(key, isComputed(key));
  };
  const follow = (trail: (line: string[]) => string[]): void => {
    moves.current = { from: document.activeElement };
    setShown((now) => ({ ...now, line: trail(now.line) }));
  };
  const back = (): void => follow((line) => (line.length > 1 ? line.slice(0, -1) : line));
  const goPlace = (place: string): void => {
    if (working === null || opened === null) return;
    const keys = keysOf(place, shown.click, working, opened);
    const isThere = (key: string): boolean => page.current!.root.querySelector(`[data-of="${CSS.escape(key)}"]`) !== null;
    const line = keys.map((key) => working.lines.find((candidate) => candidate.key === key)).find((candidate) => candidate !== undefined);
    const given = keys.find((key) => !isComputed(key) && isThere(key));
    const array = keys.map((key) => working.lines.find((candidate) => candidate.key === key.replace(/(\[\d+\])+$/, ""))).find((candidate) => candidate !== undefined);
    if (line !== undefined) goLine(line);
    else if (given !== undefined) go(given, false);
    else if (array !== undefined) goLine(array);
    else {
      change({ at: [atOf(keys[0]!)] });
      go(keys[0]!);
    }
  };

  const copyLine = (): void => {
    if (chosen !== null && "line" in chosen && !isVeiled(chosen.line.id)) void copy(chosen.line.text).then(() => say(t.copied));
  };
  const act = useRef<Record<string, () => void>>({});
  act.current = { back, copy: copyLine };
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || target.closest("dialog[open], input, select, textarea")) return;
      const name =
        event.key === "Backspace" || (event.altKey && event.key === "ArrowLeft") ? "back"
        : !event.altKey && event.key.toLowerCase() === "c" ? "copy"
        : undefined;
      if (name === undefined) return;
      event.preventDefault();
      act.current[name]!();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  const features = useMemo(() => Uint8Array.from(atob(opened?.featureMaps ?? ""), (c) => c.charCodeAt(0)), [opened]);
  const ready = useCallback((what: Page) => {
    page.current = what;
  }, []);

  if (hello === null || opened === null) return <main class="wait"><p role="status">{client.lost ? text.lost : text.connecting}</p></main>;

  const message = client.lost ? text.lost : (client.refusal ?? refusal);
  // Of what stands below it: what is asked for may be another example already.
  const { set, example } = (working === null ? shown : worked) as { set: string; example: number };
  const title =
    set === "own" ? t.title.own
    : set === "batch" ? t.title.batch(working?.next.length ?? 0)
    : set === "test" ? t.title.test(example + 1)
    : t.title.train(example + 1);
  const names = shown.line.map((step) => {
    const line = working === null ? undefined : lineOf(working, step);
    return line?.name ?? page.current?.root.querySelector(`[data-of="${CSS.escape(step)}"][data-name]`)?.getAttribute("data-name") ?? step;
  });
  const result = chosen === null || "given" in chosen ? null : isVeiled(chosen.line.id) ? t.isCovered : chosen.line.text.slice(Math.max(chosen.line.text.lastIndexOf(" ≈ "), chosen.line.text.lastIndexOf(" = ")) + 1);
  return (
    <>
      <section class="bar" aria-label={t.set}>
        <Progress epoch={frame?.epoch ?? 0} batch={frame?.batch ?? 0} onStep={(by) => client.send(by === "reset" ? { type: "reset" } : by === "batch" ? { type: "step", by } : { type: "step" })} />
        <Chooser shown={shown} working={working} onChange={change} />
      </section>
      {message !== null && (
        <div class="message" role="alert">
          <span>{message}</span>
          <button type="button" class="plain" onClick={() => { client.refusal = null; setRefusal(null); }}>{text.dismiss}</button>
        </div>
      )}
      <main class="ledger">
        <div class="side">
          <section aria-labelledby="ledger-drawing">
            <h2 id="ledger-drawing">{t.drawing}</h2>
            {opened.layers.length > 0 && (
              <>
                <Figure title={text.network}>
                  <NetworkView client={client} hello={hello} opened={opened} frame={frame} features={features} chosen={null} onChoose={() => undefined} reading={{ lit: found.lit, onPlace: goPlace }} />
                </Figure>
                <fieldset class="clicks">
                  <legend>{t.clickShows}</legend>
                  {t.clicks.map(([value, name]) => (
                    <label key={value}>
                      <input type="radio" name="click" value={value} checked={shown.click === value} onChange={() => change({ click: value })} />
                      <span>{name}</span>
                    </label>
                  ))}
                </fieldset>
              </>
            )}
            <label class="field places">
              <span>{t.places}</span>
              <Written
                value={shown.at.join("; ")}
                placeholder={opened.layers.length > 0 ? "dense1[0]; dense1.weight[0,1]" : "conv1[0,1,2]"}
                onFinish={(typed) => change({ at: typed.split(";").map((place) => place.trim()).filter((place) => place !== "").slice(0, MOST_PLACES) })}
              />
            </label>
          </section>
          {working !== null && (
            <Facts
              working={working}
              chosen={chosen}
              sources={found.sources}
              users={found.users}
              trail={names}
              numberOf={numberOf}
              result={result}
              onLine={(line) => goLine(line)}
              onNumber={goNumber}
              onBack={back}
              onTrail={(index) => follow((line) => line.slice(0, index + 1))}
            />
          )}
        </div>
        <article class="page" aria-labelledby="ledger-title" aria-busy={!isCurrent || !stands}>
          <h2 id="ledger-title">{title}</h2>
          <p class="lead">{t.lead}</p>
          {score !== null && (
            <div class="score" role="group" aria-label={t.cover}>
              {score.blanks === 0 ? <span>{t.nothingToCover}</span> : (
                <>
                  <strong>{score.right === score.blanks ? t.done : t.score(score.right, score.blanks)}</strong>
                  {score.wrong > 0 && <span>{t.wrong(score.wrong)}</span>}
                  {score.revealed > 0 && <span>{t.shown(score.revealed)}</span>}
                  <button type="button" class="chip" onClick={() => cover.current?.revealOne()}>{t.reveal}</button>
                  <button type="button" class="chip" onClick={() => cover.current?.revealAll()}>{t.revealAll}</button>
                </>
              )}
            </div>
          )}
          {working === null ? <p role="status" class="lead">{frame?.running ? t.training(frame.epoch) : t.waiting}</p> : (
            <>
              {shown.at.length > 0 && (
                <p class="remark">
                  {t.only(shown.at.join(", "))} <button type="button" class="chip" onClick={() => change({ at: [] })}>{t.everything}</button>
                </p>
              )}
              {shown.at.length === 0 && working.worked < working.total && <p class="remark">{t.leftOut(working.worked, working.total)}</p>}
              {shown.set !== "batch" && working.lines.some((line) => line.section === "update") && <p class="remark">{t.single}</p>}
              {working.dead > 0 && <p class="remark">{t.dead(working.dead)}</p>}
              <Sheet
                working={working}
                chosen={chosen}
                isVeiled={isVeiled}
                onLine={goLine}
                onNumber={goNumber}
                onAt={(name, from) => say(from === undefined ? t.atGiven(name) : t.atFound(name, numberOf(from)))}
                onBack={back}
                onReady={ready}
              />
              <div class="along" role="group" aria-label={t.takeAlong}>
                <span class="label">{t.takeAlong}</span>
                {t.downloads.map(([as, name, ending]) => (
                  <button
                    key={as}
                    type="button"
                    class="chip"
                    onClick={() =>
                      void client.ask<{ text: string }>("ledger", { ...asks, as }).then(
                        (answer) => download(answer.text, `ledger.${ending}`),
                        (error: Error) => setRefusal(error.message),
                      )
                    }
                  >
                    {name}
                  </button>
                ))}
                <button type="button" class="chip" disabled={chosen === null || "given" in chosen} onClick={copyLine}>{t.copy}</button>
              </div>
            </>
          )}
        </article>
      </main>
      <footer><p>{frame?.touched ? text.touched : text.link}</p></footer>
      <p class="unseen" role="status">{said}</p>
    </>
  );
}
