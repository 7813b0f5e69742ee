import { render } from "preact";
import { App } from "./App";
import "./fonts.css";
import "./style.css";

render(<App />, document.getElementById("page")!);
// An address that is pasted into an open page is another page.
addEventListener("hashchange", () => location.reload());
