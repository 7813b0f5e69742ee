import { createContext } from "preact";
import { useContext, useReducer, useRef } from "preact/hooks";

/** How often what was chosen has been answered, and how often it was accepted; null where nothing has to be answered. */
export const Answers = createContext<{ answered: number; accepted: number } | null>(null);

export interface Draft {
  /** What a field shows. */
  shown: string;
  /** What is being written. */
  type: (written: string) => void;
  /** What has been written or chosen. */
  finish: (written: string) => void;
  /** Gives up what was not finished. */
  leave: () => void;
}

/**
 * What is written or chosen in a field stays in it, whatever is drawn anew meanwhile: while it is written until it is finished, and then
 * until it is the value or something else has come of it.
 * @param stamp Changes once what was finished has been seen to; null where that is at once.
 */
export function useDraft(value: string, stamp: number | null): Draft {
  const draft = useRef<{ written: string; sent: number | null } | null>(null);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const set = (next: { written: string; sent: number | null } | null): void => {
    draft.current = next;
    redraw(undefined);
  };
  const now = draft.current;
  if (now !== null && now.sent !== null && (now.sent !== stamp || now.written === value)) draft.current = null;
  return {
    shown: draft.current?.written ?? value,
    type: (written) => set({ written, sent: null }),
    finish: (written) => {
      if (stamp === null) draft.current = null;
      else set({ written, sent: stamp });
    },
    leave: () => draft.current !== null && draft.current.sent === null && set(null),
  };
}

/** Of a text: what was refused stays, to be mended. */
export const useWritten = (value: string): Draft => useDraft(value, useContext(Answers)?.accepted ?? null);

/** Of a choice: what was refused is not chosen. */
export const useChosen = (value: string): Draft => useDraft(value, useContext(Answers)?.answered ?? null);
