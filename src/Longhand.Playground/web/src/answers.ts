import { useEffect, useRef, useState } from "preact/hooks";
import { type Client, Refusal } from "./protocol";

export interface Answered<T> {
  /** The last answer, which stays until there is another. */
  answer: T | null;
  /** What it is the answer to. */
  of: Record<string, unknown> | null;
  /** Why there is none to what is asked now. */
  problem: Refusal | null;
}

/** Asks again whenever what is asked has changed: one question at a time, and then the newest. Another round asks the same again. */
export function useAnswer<T>(client: Client, about: string, given: Record<string, unknown> | null, round = 0): Answered<T> {
  const [state, setState] = useState<Answered<T>>({ answer: null, of: null, problem: null });
  const asking = useRef({ busy: false, gone: false, wanted: "", done: "" });
  const wanted = given === null ? "" : `${round} ${JSON.stringify(given)}`;
  asking.current.wanted = wanted;

  useEffect(() => {
    const now = asking.current;
    const next = (): void => {
      if (now.busy || now.gone || now.wanted === "" || now.wanted === now.done) return;
      const key = now.wanted;
      const question = JSON.parse(key.slice(key.indexOf(" ") + 1)) as Record<string, unknown>;
      now.busy = true;
      client
        .ask<T>(about, question)
        .then(
          (answer) => setState({ answer, of: question, problem: null }),
          (error: unknown) => setState((last) => ({ ...last, problem: error instanceof Refusal ? error : new Refusal(String((error as Error).message), null) })),
        )
        .finally(() => {
          now.busy = false;
          now.done = key;
          next();
        });
    };
    next();
  }, [wanted]);
  useEffect(() => () => { asking.current.gone = true; }, []);
  return state;
}
