import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { text } from "../../text";
import { type Chosen, type Line, type Working } from "./lines";

const PREFIX = "line-";

/** What of the sheet a page may do: the article, and the element of a line. */
export interface Page {
  root: HTMLElement;
  element: (line: Line) => HTMLElement | null;
}

/** The working itself, as the server wrote it, with ways from number to number. */
export function Sheet({ working, chosen, isVeiled, onLine, onNumber, onAt, onBack, onReady }: {
  working: Working;
  chosen: Chosen | null;
  /** Whether a line's result is not to be told. */
  isVeiled: (id: string) => boolean;
  onLine: (line: Line, follows: boolean) => void;
  onNumber: (key: string) => void;
  /** The keyboard has come to a number of a line: its name, and the line that found it. */
  onAt: (name: string, from: Line | undefined) => void;
  onBack: () => void;
  onReady: (page: Page) => void;
}) {
  const sheet = useRef<HTMLDivElement>(null);
  const byId = useRef(new Map<string, Line>());

  useLayoutEffect(() => {
    const root = sheet.current!;
    root.innerHTML = working.html;
    byId.current = new Map(working.lines.map((line) => [line.id, line]));
    for (const [i, place] of [...root.querySelectorAll<HTMLElement>(".line")].entries()) {
      place.dataset.number = `${i + 1}`;
      place.tabIndex = i === 0 ? 0 : -1;
      place.setAttribute("role", "group");
    }
    // One stop for the whole sheet: arrows go from line to line, and within a line from number to number. Links of the written page
    // would be stops of their own, and lead out of this one.
    for (const link of root.querySelectorAll(".line a[href]")) {
      link.removeAttribute("href");
      link.removeAttribute("aria-label");
    }
    for (const table of root.querySelectorAll<HTMLElement>(".lines, .given, figure")) if (table.scrollWidth > table.clientWidth + 1) table.tabIndex = 0;
    onReady({ root, element: (line) => root.querySelector(`#${PREFIX}${CSS.escape(line.id)}`) });
  }, [working]);

  useEffect(() => {
    const root = sheet.current!;
    for (const place of root.querySelectorAll<HTMLElement>(".line")) {
      const line = byId.current.get(place.id.slice(PREFIX.length));
      if (line === undefined) continue;
      const tells = ![line.id, ...line.uses].some(isVeiled);
      place.setAttribute("aria-label", text.ledger.lineLabel(place.dataset.number!, tells ? line.text : line.name));
    }
  });

  useLayoutEffect(() => {
    const root = sheet.current!;
    const classes = ["is-chosen", "is-source", "is-user", "is-use"];
    for (const marked of root.querySelectorAll(classes.map((name) => `.${name}`).join(","))) marked.classList.remove(...classes);
    if (chosen === null) return;
    const add = (elements: Iterable<Element>, name: string): void => {
      for (const element of elements) element.classList.add(name);
    };
    const uses =
      "given" in chosen
        ? root.querySelectorAll(`[data-of="${CSS.escape(chosen.given)}"]`)
        : root.querySelectorAll(`[data-line="${PREFIX}${CSS.escape(chosen.line.id)}"]`);
    add(uses, "is-use");
    for (const use of uses) use.closest(".line")?.classList.add("is-user");
    if ("given" in chosen) add(root.querySelectorAll(`.given [data-of="${CSS.escape(chosen.given)}"]`), "is-chosen");
    else {
      add([root.querySelector(`#${PREFIX}${CSS.escape(chosen.line.id)}`)].filter((place) => place !== null), "is-chosen");
      for (const id of chosen.line.uses) root.querySelector(`#${PREFIX}${CSS.escape(id)}`)?.classList.add("is-source");
    }
  }, [chosen, working]);

  const lineAt = (element: Element | null): Line | undefined => {
    const place = element?.closest(".line");
    return place ? byId.current.get(place.id.slice(PREFIX.length)) : undefined;
  };

  const follow = (operand: Element): void => {
    const from = operand.getAttribute("data-line");
    const line = from === null ? undefined : byId.current.get(from.slice(PREFIX.length));
    if (line !== undefined) onLine(line, true);
    else onNumber(operand.getAttribute("data-of")!);
  };

  // Mathematics cannot hold the focus: its line does, and a mark says how far one has come in it.
  const stand = (operand: Element | undefined): void => {
    for (const before of sheet.current!.querySelectorAll(".is-at")) before.classList.remove("is-at");
    if (operand === undefined) return;
    operand.classList.add("is-at");
    const from = byId.current.get(operand.getAttribute("data-line")?.slice(PREFIX.length) ?? "");
    onAt(from?.name ?? operand.getAttribute("data-name") ?? "", from);
  };

  const click = (event: MouseEvent): void => {
    const target = event.target as Element;
    if (target.closest("input, button")) return;
    const operand = target.closest("[data-of]");
    const link = target.closest("a[href^='#']");
    if (link !== null) event.preventDefault();
    if (operand !== null) follow(operand);
    else if (link !== null) sheet.current!.querySelector(`[id="${CSS.escape(link.getAttribute("href")!.slice(1))}"]`)?.scrollIntoView({ block: "start" });
    else {
      const line = lineAt(target);
      if (line !== undefined && getSelection()?.isCollapsed !== false) onLine(line, false);
    }
  };

  const press = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (target.closest("input, button") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const place = target.closest<HTMLElement>(".line");
    if (place === null || event.altKey) return;
    const all = [...sheet.current!.querySelectorAll<HTMLElement>(".line")];
    const operands = [...place.querySelectorAll("[data-of]")];
    const at = operands.findIndex((operand) => operand.classList.contains("is-at"));
    const to =
      event.key === "ArrowDown" ? all[all.indexOf(place) + 1]
      : event.key === "ArrowUp" ? all[all.indexOf(place) - 1]
      : event.key === "Home" ? all[0]
      : event.key === "End" ? all[all.length - 1]
      : undefined;
    if (to !== undefined) {
      to.focus();
      for (const other of all) other.tabIndex = other === to ? 0 : -1;
      to.scrollIntoView({ block: "nearest" });
    } else if (event.key === "ArrowRight" && at + 1 < operands.length) stand(operands[at + 1]);
    else if (event.key === "ArrowLeft") stand(operands[at - 1]);
    else if (event.key === "Enter" || event.key === " ") {
      if (at >= 0) follow(operands[at]!);
      else onLine(lineAt(place)!, false);
    } else if (event.key === "Backspace") onBack();
    else if (event.key === "Escape") stand(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <style>{working.style}</style>
      <div class="sheet-of-lines" ref={sheet} onClick={click} onKeyDown={press} onFocusOut={() => stand(undefined)} />
    </>
  );
}
