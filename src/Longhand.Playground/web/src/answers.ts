import { useEffect, useRef, useState } from "preact/hooks";
import { type Client, Refusal } from "./client";

export interface Answered<T> {
  /** The last answer, which stays until there is another. */
  answer: T | null;
  /** What it is the answer to. */
  of: Record<string, unknown> | null;
  /** Why there is none to what is asked now. */
  problem: Refusal | null;
  /** Whether it is the answer to what is asked now, of what there is now; true where nothing is asked. */
  isCurrent: boolean;
}

/** What is asked, and of what. */
interface Wanted {
  key: string | null;
  stamp: unknown;
}

const isSame = (one: Wanted, other: Wanted): boolean => one.key === other.key && Object.is(one.stamp, other.stamp);

/**
 * Asks again whenever what is asked has changed: one question at a time, and then the newest.
 * @param given The question's arguments; null asks nothing.
 * @param stamp What the answer depends on beside them, such as the state of the network: where it is another, it is asked again.
 * @param pause How long it waits behind an answer before it asks again, in milliseconds.
 */
export function useAnswer<T>(client: Client, about: string, given: Record<string, unknown> | null, stamp: unknown = "", pause = 0): Answered<T> {
  const [state, setState] = useState<Omit<Answered<T>, "isCurrent"> & { to: Wanted }>({ answer: null, of: null, problem: null, to: { key: null, stamp } });
  const asking = useRef({ busy: false, gone: false, wanted: state.to, done: state.to, given, pause });
  const wanted = { key: given === null ? null : JSON.stringify(given), stamp };
  Object.assign(asking.current, { wanted, given, pause });

  useEffect(() => {
    const now = asking.current;
    const next = (): void => {
      if (now.busy || now.gone || now.given === null || isSame(now.wanted, now.done)) return;
      const to = now.wanted;
      const question = now.given;
      now.busy = true;
      client
        .ask<T>(about, question)
        .then(
          (answer) => setState({ answer, of: question, problem: null, to }),
          (error: unknown) => setState((last) => ({ ...last, to, problem: error instanceof Refusal ? error : new Refusal(String((error as Error).message), null) })),
        )
        .finally(() => {
          now.done = to;
          setTimeout(() => {
            now.busy = false;
            next();
          }, now.pause);
        });
    };
    next();
  }, [wanted.key, stamp]);
  useEffect(() => () => { asking.current.gone = true; }, []);
  const { answer, of, problem, to } = state;
  return { answer, of, problem, isCurrent: given === null || isSame(to, wanted) };
}
