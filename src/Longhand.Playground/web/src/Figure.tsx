import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { download } from "./download";
import { toPng, toSvg } from "./export";
import "./figure.css";
import { text } from "./text";

/**
 * A figure of the page with a menu that saves it as SVG or PNG. A view wraps whatever it draws: <Figure title={text.network}>…</Figure>;
 * the title names the file. What is in the figure and no part of the picture gets data-unpictured.
 */
export function Figure({ title, children }: { title: string; children: ComponentChildren }) {
  const figure = useRef<HTMLDivElement>(null);
  const menu = useRef<HTMLDetailsElement>(null);
  const name = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  const save = async (kind: "svg" | "png"): Promise<void> => {
    menu.current!.open = false;
    const svg = toSvg(figure.current!, title);
    download(`${name}.${kind}`, kind === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : await toPng(svg));
  };
  return (
    <div class="figure" ref={figure}>
      {children}
      <details class="saver" ref={menu} data-unpictured onKeyDown={(event) => { if (event.key === "Escape") menu.current!.open = false; }}>
        <summary aria-label={`${text.figure.export}: ${title}`} title={text.figure.export}>
          <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M11 4h2v8.2l2.8-2.8 1.4 1.4L12 16l-5.2-5.2 1.4-1.4 2.8 2.8zM5 18h14v2H5z" fill="currentColor" /></svg>
        </summary>
        <div>
          <button type="button" class="plain" onClick={() => void save("svg")}>{text.figure.svg}</button>
          <button type="button" class="plain" onClick={() => void save("png")}>{text.figure.png}</button>
        </div>
      </details>
    </div>
  );
}
