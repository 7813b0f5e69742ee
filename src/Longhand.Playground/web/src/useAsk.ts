import { useAnswer } from "./answers";
import type { Client } from "./client";

export interface Asked<T> {
  /** The last answer, which stays while the next is awaited. */
  answer: T | null;
  /** Why the last question was refused; null where it was not. */
  error: string | null;
  /** Whether the answer is to what is asked now. */
  isFresh: boolean;
}

/** An answer beside what a bench draws: null asks nothing, and has no answer. */
export function useAsk<T>(client: Client, about: string, given: Record<string, unknown> | null, round = 0): Asked<T> {
  const { answer, problem, isCurrent } = useAnswer<T>(client, about, given, round);
  if (given === null) return { answer: null, error: null, isFresh: true };
  return { answer, error: problem?.message ?? null, isFresh: isCurrent && problem === null };
}
