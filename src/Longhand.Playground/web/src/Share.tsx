import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { download } from "./download";
import type { Client } from "./client";
import { controlNames, type ControlState, type Rules, stateOf } from "./rules";
import "./share.css";
import { text } from "./text";

const words = text.sharing;
const languages: [string, string][] = [["csharp", "C#"], ["numpy", "NumPy"], ["pytorch", "PyTorch"]];
const states: ControlState[] = ["shown", "locked", "hidden"];

/** A text that is to be taken along: chosen whole at a touch, copied where the browser allows it. */
function Taken({ label, value }: { label: string; value: string }) {
  const [isCopied, copied] = useState(false);
  return (
    <div class="taken">
      <input type="text" readOnly aria-label={label} value={value} onFocus={(event) => event.currentTarget.select()} />
      {/* Where a classroom is served there is no encryption, and without it a browser has no clipboard. */}
      {navigator.clipboard !== undefined && (
        <button type="button" class="plain" onClick={() => void navigator.clipboard.writeText(value).then(() => copied(true), () => copied(false))}>
          {words.copy}
        </button>
      )}
      <span role="status">{isCopied ? words.copied : ""}</span>
    </div>
  );
}

/** Takes what is shown along: a link, a link for a class, a program, a page without a server. */
export function Share({ client, rules, addressOf }: { client: Client; rules: Rules; addressOf: (rules: Rules) => string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [composed, compose] = useState<Rules>(rules);
  const [refusal, refuse] = useState<string | null>(null);
  const [isBusy, busy] = useState(false);
  // What is closed is not in the page.
  const [isOpen, open] = useState(false);
  useLayoutEffect(() => {
    if (isOpen) dialog.current!.showModal();
  }, [isOpen]);

  const choose = (name: string, state: ControlState): void => {
    const without = (names: ReadonlySet<string>): Set<string> => new Set([...names].filter((other) => other !== name));
    compose((now) => {
      const next = { hide: without(now.hide), lock: without(now.lock) };
      if (state === "hidden") next.hide.add(name);
      if (state === "locked") next.lock.add(name);
      return next;
    });
  };
  const ask = async <T,>(about: string, given: Record<string, unknown>, then: (answer: T) => void): Promise<void> => {
    refuse(null);
    busy(true);
    try {
      await client.settled();
      then(await client.ask<T>(about, { ...given, touched: client.frame?.touched ?? false }));
    } catch (error) {
      refuse((error as Error).message);
    } finally {
      busy(false);
    }
  };
  return (
    <>
      <button
        type="button"
        class="plain share"
        onClick={() => {
          refuse(null);
          open(true);
        }}
      >
        {words.title}
      </button>
      {isOpen && <dialog ref={dialog} class="sharing" aria-labelledby="sharing" onClose={() => open(false)}>
        <h2 id="sharing">{words.title}</h2>
        <p class="lead">{words.lead}</p>
        <section>
          <h3>{words.link}</h3>
          <p class="hint">{words.linkLead}</p>
          <Taken label={words.link} value={addressOf(rules)} />
        </section>
        {client.opened !== null && (
          <>
            <section>
              <h3>{words.code}</h3>
              <p class="hint">{words.codeLead}</p>
              <div class="languages" role="group" aria-label={words.code}>
                {languages.map(([language, title]) => (
                  <button
                    key={language}
                    type="button"
                    class="plain"
                    disabled={isBusy}
                    onClick={() => void ask<{ code: string; name: string }>("code", { language }, ({ code, name }) => download(name, new Blob([code], { type: "text/plain" })))}
                  >
                    {title}
                  </button>
                ))}
              </div>
            </section>
            <section>
              <h3>{words.save}</h3>
              <p class="hint">{words.saveLead}</p>
              <button
                type="button"
                class="plain"
                disabled={isBusy}
                onClick={() => void ask<{ html: string }>("page", {}, ({ html }) => download("longhand.html", new Blob([html], { type: "text/html" })))}
              >
                {words.saveButton}
              </button>
            </section>
          </>
        )}
        <p class="refusal" role="alert">{refusal}</p>
        <p class="unseen" role="status">{isBusy ? words.saving : ""}</p>
        <details>
          <summary>{words.class}</summary>
          <p class="hint">{words.classLead}</p>
          <table class="states">
            <thead>
              <tr><th scope="col">{words.control}</th>{states.map((state) => <th key={state} scope="col">{words.states[state]}</th>)}</tr>
            </thead>
            <tbody>
              {controlNames.map((name) => (
                <tr key={name}>
                  <th scope="row">{words.controls[name]}</th>
                  {states.map((state) => (
                    <td key={state}>
                      <input
                        type="radio"
                        name={`state of ${name}`}
                        aria-label={`${words.controls[name]}: ${words.states[state]}`}
                        checked={stateOf(composed, name) === state}
                        onChange={() => choose(name, state)}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <Taken label={words.classLink} value={addressOf(composed)} />
        </details>
        <form method="dialog"><button class="plain">{text.close}</button></form>
      </dialog>}
    </>
  );
}
