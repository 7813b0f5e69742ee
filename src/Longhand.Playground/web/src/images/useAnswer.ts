import { useEffect, useRef, useState } from "preact/hooks";
import type { Client } from "../protocol";

/**
 * The answer to a question that is asked again whenever it, or what it is asked about, changes: one at a time, so that the newest wins.
 * @param given Its arguments; null asks nothing.
 * @param stamp What it is asked about: another text has it asked again.
 * @param pause Milliseconds between an answer and the next question.
 */
export function useAnswer<T>(client: Client, about: string, given: Record<string, unknown> | null, stamp: string, pause: number): { answer: T | null; refusal: string | null } {
  const [state, set] = useState<{ answer: T | null; refusal: string | null }>({ answer: null, refusal: null });
  const wanted = useRef("");
  const asking = useRef(false);
  const gone = useRef(false);
  const key = given === null ? "" : `${about} ${stamp} ${JSON.stringify(given)}`;
  const latest = useRef(given);
  latest.current = given;
  const ask = (): void => {
    if (asking.current || gone.current || latest.current === null) return;
    asking.current = true;
    const asked = wanted.current;
    client
      .ask<T>(about, latest.current)
      .then((answer) => ({ answer, refusal: null }), (error: Error) => ({ answer: null, refusal: error.message }))
      .then((next) => {
        if (gone.current) return;
        // What nobody wants any more is not shown.
        if (latest.current !== null) set(next);
        setTimeout(() => {
          asking.current = false;
          if (wanted.current !== asked) ask();
        }, pause);
      });
  };
  useEffect(() => {
    wanted.current = key;
    if (key === "") set({ answer: null, refusal: null });
    else ask();
  }, [key]);
  useEffect(() => () => { gone.current = true; }, []);
  return state;
}
