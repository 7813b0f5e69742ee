import { render } from "preact";
import "../fonts.css";
import "../style.css";
import { Player } from "./Player";
import "./player.css";
import { unpack } from "./frames";
import type { Opened } from "../protocol";

const content = (id: string): string => document.getElementById(id)!.textContent!;

const opened = JSON.parse(content("run")) as Opened;
void unpack(content("frames")).then((frames) => render(<Player first={opened} frames={frames} />, document.getElementById("page")!));

// A value in the working leads to the line that made it, which the address then names and the style marks.
document.addEventListener("click", (event) => {
  const to = (event.target as Element).closest<HTMLElement>("[data-to]")?.dataset.to;
  if (to !== undefined) location.hash = to;
});
