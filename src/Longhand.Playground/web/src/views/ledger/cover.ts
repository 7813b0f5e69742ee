import { text } from "../../text";
import type { Line } from "./lines";

/** How an answer was marked. */
export interface Mark {
  verdict: "right" | "rounded" | "follows" | "wrong" | "unread";
  sentence: string;
}

/** How far a self-test has come. */
export interface Score {
  blanks: number;
  right: number;
  wrong: number;
  revealed: number;
}

interface Cell {
  /** The line's id; for a number of an array with its place behind it. */
  id: string;
  input: HTMLInputElement;
  sign: HTMLElement;
  printed: string;
  state: "open" | "revealed" | Mark["verdict"];
  /** What was last sent to be marked. */
  sent: string;
}

interface Blank {
  line: Line;
  cells: Cell[];
  box: HTMLElement;
  says: HTMLElement;
  result: HTMLElement;
  holes: { element: Element; before: string }[];
}

const signs = { open: "", revealed: "", right: "✓", rounded: "≈✓", follows: "↳", wrong: "✗", unread: "?" };

const isRevealed = ({ state }: Cell): boolean => state === "revealed";

const isFound = ({ state }: Cell): boolean => state === "revealed" || state === "right" || state === "rounded";

/** Which lines are covered. */
export function covered(lines: Line[], cover: string): Line[] {
  const answerable = lines.filter((line) => line.blanks > 0);
  if (cover === "") return [];
  if (cover === "all") return answerable;
  const every = Number(cover);
  return Number.isInteger(every) && every > 0 ? answerable.filter((_, i) => i % every === every - 1) : answerable.filter((line) => line.section === cover);
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, name: string, content = ""): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = content;
  return element;
}

/** A working whose results are covered: each is to be typed, and what has not been found stands nowhere else either. */
export class Cover {
  private readonly blanks: Blank[] = [];
  private last: HTMLInputElement | null = null;
  private isRemoved = false;

  constructor(
    private readonly root: HTMLElement,
    lines: Line[],
    private readonly mark: (ids: string[], written: string[]) => Promise<Record<string, Mark>>,
    private readonly changed: (score: Score) => void,
    private readonly said: (sentence: string) => void,
  ) {
    for (const line of lines) this.add(line);
    root.classList.add("covering");
    this.count();
  }

  /** Whether a line's result is covered still. */
  has(id: string): boolean {
    return this.blanks.some((blank) => blank.line.id === id && !blank.cells.every(isFound));
  }

  /** Shows one value: that of the blank that was last written in, or of the first that is open. */
  revealOne(): void {
    const hidden = this.cells().filter(([, cell]) => !isFound(cell));
    const [blank, cell] = hidden.find(([, { input }]) => input === this.last) ?? hidden[0] ?? [];
    if (blank === undefined || cell === undefined) return;
    this.set(blank, cell, "revealed", "");
    this.said(text.ledger.revealedIs(blank.line.name, cell.printed));
    this.next(cell);
    this.count();
  }

  revealAll(): void {
    for (const [blank, cell] of this.cells()) if (!isFound(cell)) this.set(blank, cell, "revealed", "");
    this.count();
  }

  /** Leaves the working as it was. */
  remove(): void {
    this.isRemoved = true;
    this.root.classList.remove("covering");
    for (const blank of this.blanks) {
      this.open(blank);
      blank.box.remove();
      blank.says.remove();
    }
  }

  private cells(): [Blank, Cell][] {
    return this.blanks.flatMap((blank) => blank.cells.map((cell): [Blank, Cell] => [blank, cell]));
  }

  private add(line: Line): void {
    const place = this.root.querySelector(`#line-${CSS.escape(line.id)}`);
    const result = place?.querySelector<HTMLElement>(".part.last");
    if (!place || !result) return;
    const rows = line.blanks > 1 ? [...result.querySelectorAll("mtr")].map((row) => [...row.querySelectorAll("mtd")].map((cell) => cell.textContent ?? "")) : [[line.result]];
    // An array that is printed with something left out cannot be asked for.
    if (rows.flat().length !== line.blanks) return;
    const blank: Blank = { line, cells: [], box: make("span", "blank"), says: make("span", "says"), result, holes: [] };
    blank.says.id = `says-${line.id}`;
    const grid = make("span", line.blanks > 1 ? "blanks" : "");
    grid.style.gridTemplateColumns = `repeat(${rows[0]!.length}, auto)`;
    for (const [r, row] of rows.entries())
      for (const [c, printed] of row.entries()) {
        const input = make("input", "");
        Object.assign(input, { type: "text", inputMode: "decimal", autocomplete: "off", spellcheck: false });
        input.setAttribute("aria-label", line.blanks > 1 ? text.ledger.blankIn(line.name, r + 1, c + 1) : text.ledger.blank(line.name));
        input.setAttribute("aria-describedby", blank.says.id);
        const sign = make("span", "sign");
        sign.setAttribute("aria-hidden", "true");
        const cell: Cell = { id: line.blanks > 1 ? `${line.id}:${blank.cells.length}` : line.id, input, sign, printed, state: "open", sent: "" };
        blank.cells.push(cell);
        const both = make("span", "cell");
        both.append(input, sign);
        grid.append(both);
        input.addEventListener("focus", () => (this.last = input));
        input.addEventListener("keydown", (event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          void this.send(blank, cell);
          // At once, not when the mark is there: who writes on meanwhile would be moved in the middle of a number.
          this.next(cell);
        });
        input.addEventListener("change", () => {
          if (input.value !== cell.sent) void this.send(blank, cell);
        });
      }
    blank.box.append(make("span", "relation", result.querySelector("mo")?.textContent ?? "="), grid);
    result.prepend(blank.box);
    place.append(blank.says);
    this.hide(blank);
    this.blanks.push(blank);
  }

  private hide(blank: Blank): void {
    blank.result.classList.add("veiled");
    // Where the number is put in further down it would tell what is asked for.
    for (const element of this.root.querySelectorAll(`mrow[data-line="line-${CSS.escape(blank.line.id)}"]`)) {
      blank.holes.push({ element, before: element.innerHTML });
      element.innerHTML = "<mi class=\"hole\">□</mi>";
    }
  }

  private open(blank: Blank): void {
    blank.result.classList.remove("veiled");
    for (const { element, before } of blank.holes.splice(0)) element.innerHTML = before;
  }

  private set(blank: Blank, cell: Cell, state: Cell["state"], sentence: string): void {
    cell.state = state;
    cell.input.dataset.state = state;
    cell.sign.textContent = signs[state];
    blank.says.textContent = sentence;
    if (state === "revealed") {
      cell.input.value = cell.printed;
      cell.input.readOnly = true;
    }
    const isVeiled = blank.result.classList.contains("veiled");
    const isSolved = blank.cells.every(isFound);
    if (!isSolved && !isVeiled) this.hide(blank);
    if (isSolved && isVeiled) this.open(blank);
    // What was written stays beside what is right; what was only shown, and whole arrays, need not stand there twice.
    blank.box.hidden = isSolved && (blank.cells.length > 1 || state === "revealed");
  }

  private next(from: Cell): void {
    const all = this.cells().map(([, cell]) => cell);
    const after = all.slice(all.indexOf(from) + 1).find((cell) => !isFound(cell));
    (after ?? all.find((cell) => !isFound(cell)))?.input.focus();
  }

  // What has been answered before is sent along: a wrong number that was gone on with is not held against what follows.
  private async send(blank: Blank, cell: Cell): Promise<void> {
    if (cell.input.value.trim() === "" || cell.state === "revealed") return;
    cell.sent = cell.input.value;
    const answered = this.cells().flatMap(([of, other]) => (other.input.value.trim() !== "" && other.state !== "revealed" ? [{ of, other, written: other.input.value }] : []));
    const marks = await this.mark(answered.map(({ other }) => other.id), answered.map(({ written }) => written));
    if (this.isRemoved) return;
    for (const { of, other, written } of answered) {
      // A mark is of what was written then; what has been written over it, or shown, has another.
      if (other.input.value !== written || isRevealed(other)) continue;
      const mark = marks[other.id];
      if (mark !== undefined && (other === cell || other.state !== mark.verdict)) this.set(of, other, mark.verdict, mark.sentence);
    }
    const mine = marks[cell.id];
    if (mine !== undefined && answered.some(({ other, written }) => other === cell && other.input.value === written)) this.said(`${blank.line.name}: ${mine.sentence}`);
    this.count();
  }

  private count(): void {
    const score: Score = { blanks: 0, right: 0, wrong: 0, revealed: 0 };
    for (const [, { state }] of this.cells()) {
      score.blanks++;
      if (state === "right" || state === "rounded" || state === "follows") score.right++;
      else if (state === "wrong" || state === "unread") score.wrong++;
      else if (state === "revealed") score.revealed++;
    }
    this.changed(score);
  }
}
