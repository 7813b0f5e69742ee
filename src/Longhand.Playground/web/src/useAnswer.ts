import { useEffect, useRef, useState } from "preact/hooks";
import type { Client } from "./protocol";

const LEAST_APART = 150;

/**
 * The answer to a question that is asked again whenever its subject is another, one at a time: while an answer is under way the newest
 * subject waits. Null until there is one, and where nothing is to be asked.
 */
export function useAnswer<T>(client: Client, about: string, given: Record<string, unknown> | null, subject: unknown): T | null {
  const [answer, setAnswer] = useState<{ about: string; found: T } | null>(null);
  const state = useRef({ busy: false, gone: false, wanted: undefined as unknown, asked: undefined as unknown, given });
  state.current.given = given;
  state.current.wanted = given === null ? undefined : subject;

  const next = (): void => {
    const now = state.current;
    if (now.busy || now.gone || now.given === null || now.wanted === undefined || now.wanted === now.asked) return;
    now.busy = true;
    now.asked = now.wanted;
    const free = (): void => {
      setTimeout(() => {
        now.busy = false;
        next();
      }, LEAST_APART);
    };
    client.ask<T>(about, now.given).then(
      (found) => {
        if (!now.gone) setAnswer({ about, found });
        free();
      },
      // What cannot be answered for this subject may be for the next.
      free,
    );
  };
  useEffect(() => next());
  useEffect(() => {
    state.current.gone = false;
    return () => {
      state.current.gone = true;
    };
  }, []);
  return given === null || answer?.about !== about ? null : answer.found;
}
