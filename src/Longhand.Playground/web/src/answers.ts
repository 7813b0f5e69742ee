import { useEffect, useRef, useState } from "preact/hooks";
import { type Client, Refusal } from "./protocol";

export interface Answered<T> {
  /** The last answer, which stays until there is another. */
  answer: T | null;
  /** What it is the answer to. */
  of: Record<string, unknown> | null;
  /** Why there is none to what is asked now. */
  problem: Refusal | null;
  /** Whether it is the answer to what is asked now, of what there is now. */
  isCurrent: boolean;
}

/**
 * Asks again whenever what is asked has changed: one question at a time, and then the newest.
 * @param given The question's arguments; null asks nothing.
 * @param stamp What the answer depends on beside them, such as how far the network is trained: where it changes, it is asked again.
 * @param pause How long it waits behind an answer before it asks again, in milliseconds.
 */
export function useAnswer<T>(client: Client, about: string, given: Record<string, unknown> | null, stamp: string | number = "", pause = 0): Answered<T> {
  const [state, setState] = useState<Omit<Answered<T>, "isCurrent"> & { key: string }>({ answer: null, of: null, problem: null, key: "" });
  const asking = useRef({ busy: false, gone: false, wanted: "", done: "", given, pause });
  const wanted = given === null ? "" : `${stamp} ${JSON.stringify(given)}`;
  Object.assign(asking.current, { wanted, given, pause });

  useEffect(() => {
    const now = asking.current;
    const next = (): void => {
      if (now.busy || now.gone || now.given === null || now.wanted === now.done) return;
      const key = now.wanted;
      const question = now.given;
      now.busy = true;
      client
        .ask<T>(about, question)
        .then(
          (answer) => setState({ answer, of: question, problem: null, key }),
          (error: unknown) => setState((last) => ({ ...last, key, problem: error instanceof Refusal ? error : new Refusal(String((error as Error).message), null) })),
        )
        .finally(() => {
          now.done = key;
          setTimeout(() => {
            now.busy = false;
            next();
          }, now.pause);
        });
    };
    next();
  }, [wanted]);
  useEffect(() => () => { asking.current.gone = true; }, []);
  const { answer, of, problem, key } = state;
  return { answer, of, problem, isCurrent: key === wanted };
}
