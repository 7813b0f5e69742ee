import { useEffect, useRef, useState } from "preact/hooks";
import type { Client } from "./protocol";

export interface Asked<T> {
  /** The last answer, which stays while the next is awaited. */
  answer: T | null;
  /** Why the last question was refused; null where it was not. */
  error: string | null;
  /** Whether the answer is to what is asked now. */
  isFresh: boolean;
}

/** Asks whenever what is asked changes; one question at a time, and of those that wait only the newest. Null asks nothing; another round asks the same again. */
export function useAsk<T>(client: Client, about: string, given: object | null, round = 0): Asked<T> {
  const key = given === null ? null : `${round} ${JSON.stringify(given)}`;
  const [state, set] = useState<{ key: string | null; answer: T | null; error: string | null }>({ key: null, answer: null, error: null });
  const busy = useRef(false);
  const wanted = useRef(key);
  wanted.current = key;
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);
  const next = (): void => {
    const now = wanted.current;
    if (busy.current || now === null) return;
    busy.current = true;
    const finish = (change: (before: { answer: T | null }) => { answer: T | null; error: string | null }): void => {
      busy.current = false;
      if (gone.current) return;
      set((before) => ({ key: now, ...change(before) }));
      if (wanted.current !== now) next();
    };
    client.ask<T>(about, JSON.parse(now.slice(now.indexOf(" ") + 1)) as Record<string, unknown>).then(
      (answer) => finish(() => ({ answer, error: null })),
      (error: Error) => finish((before) => ({ answer: before.answer, error: error.message })),
    );
  };
  useEffect(next, [key]);
  return key === null ? { answer: null, error: null, isFresh: true } : { answer: state.answer, error: state.error, isFresh: state.key === key };
}
