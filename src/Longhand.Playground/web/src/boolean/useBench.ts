import { useEffect, useRef, useState } from "preact/hooks";
import { useAnswer } from "../answers";
import type { Client } from "../client";
import { type Answer, readState, type State } from "./state";

/** A change to the wanted outputs or to the weights, as an address has them; null where it does not fit them. */
interface Edit {
  of: "table" | "weights";
  change: (before: string) => string | null;
}

/** What is asked of the server. */
export const aboutOf = (state: State): Record<string, unknown> => ({
  ...(state.f === "" ? { table: state.table } : { f: state.f }),
  units: state.units,
  single: state.single,
  ...(state.weights === "" ? {} : { weights: state.weights }),
});

/**
 * What is asked and what is answered. Every change is made to what is asked by then, never to what was answered last, so that any number of
 * them add up however late the answers are; a change to what only the next answer tells waits for it.
 */
export function useBench(client: Client, rest: string) {
  const [state, set] = useState<State>(() => readState(rest));
  const found = useAnswer<Answer>(client, "boolean", aboutOf(state));
  const now = useRef({ state, found });
  now.current.found = found;
  const waiting = useRef<Edit[]>([]);

  const change = (to: Partial<State>): void => {
    now.current.state = { ...now.current.state, ...to };
    set(now.current.state);
  };
  const attempt = ({ of, change: edit }: Edit): boolean => {
    const { state, found } = now.current;
    const answer = JSON.stringify(found.of) === JSON.stringify(aboutOf(state)) ? found.answer : null;
    const before = of === "table" ? (state.f === "" ? state.table : answer?.table) : state.weights !== "" ? state.weights : answer?.weights;
    if (before === undefined) return false;
    const after = edit(before);
    if (after !== null) change(of === "table" ? { f: "", table: after, weights: "" } : { weights: after });
    return true;
  };
  const edit = (one: Edit): void => {
    if (waiting.current.length > 0 || !attempt(one)) waiting.current.push(one);
  };
  useEffect(() => {
    if (!found.isCurrent || state !== now.current.state) return;
    // What is refused has no outputs and no weights to be changed.
    if (found.problem !== null) waiting.current = [];
    while (waiting.current.length > 0 && attempt(waiting.current[0]!)) waiting.current.shift();
  });

  return {
    state,
    answer: found.answer,
    error: found.problem?.message ?? null,
    change,
    /** Another function. */
    ask: (to: Partial<State>): void => {
      waiting.current = [];
      change({ ...to, weights: "", row: null });
    },
    /** Other weights for the same function. */
    redesign: (to: Partial<State> = {}): void => {
      waiting.current = waiting.current.filter(({ of }) => of === "table");
      change({ ...to, weights: "" });
    },
    /** The other output for a row: 01. */
    toggle: (bits: string): void =>
      edit({
        of: "table",
        change: (table) => (table.length === 2 ** bits.length ? [...table].map((bit, i) => (i === parseInt(bits, 2) ? (bit === "1" ? "0" : "1") : bit)).join("") : null),
      }),
    weigh: (to: (weights: string) => string | null): void => edit({ of: "weights", change: to }),
  };
}
