import { useRef } from "preact/hooks";
import type { Client } from "../client";
import { text } from "../text";
import type { Change } from "./ShapeTable";

/** A text of a network that came of editing a row of another. */
interface Step {
  from: string;
  to: string;
  /** For each row of the one, which it is in the other; null for one that is gone. */
  rows: (number | null)[];
}

export interface Edited {
  network: string;
  row: number;
  rows: (number | null)[];
}

/** Why a row was not changed, and what was typed. */
export interface Refused {
  /** The text that the row is counted in. */
  network: string;
  row: number;
  reason: string;
  typed?: string;
}

// More edits than these are never under way behind a table that is shown.
const MOST_STEPS = 60;

/**
 * Edits of rows, one after the other: each is made to what came of the one before it, though the table that it was asked in may still be
 * an older one.
 */
export class Edits {
  private turn: Promise<unknown> = Promise.resolve();
  private steps: Step[] = [];
  /** The changed rows of tables that are not drawn yet. */
  private waiting: { network: string; row: number; typed: string }[] = [];

  constructor(private readonly client: Client) {}

  /** Which row of another text a row is; null where it is gone, or nothing leads from the one text to the other. */
  follow(row: number, from: string, to: string): number | null {
    if (from === to) return row;
    // The newest way, where a text has been come by more than once.
    for (let begin = this.steps.length - 1; begin >= 0; begin--) {
      if (this.steps[begin]!.from !== from) continue;
      let now: number | null = row;
      let reached = from;
      for (const step of this.steps.slice(begin)) {
        if (step.from !== reached) break;
        now = now === null ? null : (step.rows[now] ?? null);
        reached = step.to;
        if (reached === to) return now;
      }
    }
    return null;
  }

  /** Whether rows of one text can be told in the other. */
  leads(from: string, to: string): boolean {
    return from === to || this.follow(0, from, to) !== null;
  }

  /** What was typed into a row of the text that is shown, while it is not seen there yet. */
  typed(row: number, shown: string): string | undefined {
    return this.waiting.filter((change) => change.network === shown && change.row === row).pop()?.typed;
  }

  /**
   * Asks for an edit when those before it are made.
   * @param shown The text whose rows the edit counts.
   * @param latest The text that there is when its turn comes.
   * @param take Takes what came of it, before the turn of the next.
   * @returns What came of it; null where its row is gone by then. What cannot be made is an error with the reason.
   */
  ask(made: Change, shown: string, latest: () => string, take: (edited: Edited) => void): Promise<Edited | null> {
    const change = { network: shown, row: made.row, typed: made.text ?? "" };
    if (made.do === "change") this.waiting.push(change);
    const drop = (): void => { this.waiting = this.waiting.filter((other) => other !== change); };
    const asked = this.turn.then(async (): Promise<Edited | null> => {
      const from = latest();
      const row = this.follow(made.row, shown, from);
      if (row === null) {
        drop();
        if (!this.leads(shown, from)) throw new Error(text.shapes.overtaken);
        return null;
      }
      try {
        const edited = await this.client.ask<Edited>("edit", { network: from, ...made, row });
        if (latest() !== from) throw new Error(text.shapes.overtaken);
        this.steps = [...this.steps, { from, to: edited.network, rows: edited.rows }].slice(-MOST_STEPS);
        take(edited);
        return edited;
      } catch (error) {
        drop();
        throw error;
      }
    });
    this.turn = asked.catch(() => {});
    return asked;
  }

  /** Forgets what was typed into rows of tables that are not shown any more. */
  show(shown: string): void {
    this.waiting = this.waiting.filter(({ network }) => network === shown);
  }
}

export function useEdits(client: Client): Edits {
  const edits = useRef<Edits | undefined>(undefined);
  edits.current ??= new Edits(client);
  return edits.current;
}
