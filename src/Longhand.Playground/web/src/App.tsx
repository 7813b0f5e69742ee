import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import { ControlRules, readRules, type Rules, writeRules } from "./rules";
import { Round } from "./fields";
import { Client } from "./client";
import { Share } from "./Share";
import { text } from "./text";
import { type Help, views } from "./views";

// A pointer that is drawn along would write more addresses than browsers take, which is about a hundred in half a minute: as many as these
// at once, and then one in so many milliseconds, the newest.
const WRITES = 30;
const WRITE_TIME = 500;

function useClient(): Client {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const client = useRef<Client | undefined>(undefined);
  client.current ??= new Client(() => redraw(undefined));
  return client.current;
}

/** #view=shapes&network=…&hide=…: the view, what is its own, and what a teacher has left out. */
function readAddress(hash: string): { id: string; rest: string; rules: Rules } {
  const found = /^#?view=([a-z]*)&?/.exec(hash);
  const id = found === null ? views[0]!.id : found[1]!;
  return { id, ...readRules(found === null ? hash.replace(/^#/, "") : hash.slice(found[0].length)) };
}

function writeAddress(id: string, rest: string, rules: Rules): string {
  const parts = [id === views[0]!.id ? "" : `view=${id}`, rest, writeRules(rules)].filter((part) => part !== "");
  return `#${parts.join("&")}`;
}

/** What is the same in every view: the page's name, the way from view to view, the keys. */
export function App() {
  const client = useClient();
  const [address, setAddress] = useState(() => readAddress(location.hash));
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [help, setHelp] = useState<Help>({ lead: "", keys: [] });
  const dialog = useRef<HTMLDialogElement>(null);
  const view = views.find(({ id }) => id === address.id) ?? views[0]!;
  // A view that has been left is found as it was.
  const left = useRef<Record<string, string>>({});

  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || target.closest("input, select, textarea, dialog[open]")) return;
      event.preventDefault();
      dialog.current?.showModal();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  const writing = useRef({ hash: "", timer: 0, room: WRITES, last: 0 });
  const writeNow = (): void => {
    const now = writing.current;
    clearTimeout(now.timer);
    if (now.hash !== "" && location.hash !== now.hash) history.replaceState(null, "", now.hash);
    now.hash = "";
  };
  const setRest = (rest: string): void => {
    // What is shared is the address as it is now.
    if (left.current[view.id] !== rest) redraw(undefined);
    left.current[view.id] = rest;
    const now = writing.current;
    now.hash = writeAddress(view.id, rest, address.rules);
    clearTimeout(now.timer);
    if (location.hash === now.hash) return;
    now.room = Math.min(WRITES, now.room + (performance.now() - now.last) / WRITE_TIME);
    now.last = performance.now();
    if (now.room >= 1) {
      now.room--;
      writeNow();
    } else now.timer = setTimeout(() => setRest(left.current[view.id]!), (1 - now.room) * WRITE_TIME);
  };
  const show = (id: string): void => {
    writeNow();
    const rest = left.current[id] ?? "";
    history.pushState(null, "", writeAddress(id, rest, address.rules));
    setAddress({ id, rest, rules: address.rules });
  };
  const { component: Shown } = view;
  const { rules } = address;
  const visible = views.filter(({ id }) => id === view.id || (!rules.hide.has("views") && !rules.hide.has(id)));
  return (
    <ControlRules.Provider value={rules}>
      <header>
        <h1>Longhand <span>playground</span></h1>
        {visible.length > 1 && (
          <nav aria-label={text.views.label}>
            {visible.map(({ id, title }) => (
              <a
                key={id}
                href={writeAddress(id, left.current[id] ?? "", address.rules)}
                aria-current={id === view.id ? "page" : undefined}
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                  event.preventDefault();
                  show(id);
                }}
              >
                {title}
              </a>
            ))}
          </nav>
        )}
        <Share client={client} rules={rules} addressOf={(other) => new URL(writeAddress(view.id, left.current[view.id] ?? address.rest, other), location.href).href} />
        <Round label={text.help} onClick={() => dialog.current?.showModal()}>?</Round>
      </header>
      <div class={`view view-${view.id}`}>
        <Shown key={view.id} client={client} rest={address.rest} setRest={setRest} setHelp={setHelp} />
      </div>
      <dialog ref={dialog} aria-labelledby="help">
        <h2 id="help">{text.help}</h2>
        <p>{help.lead}</p>
        <dl>{help.keys.map(([key, does]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div>)}</dl>
        <form method="dialog"><button class="plain">{text.close}</button></form>
      </dialog>
    </ControlRules.Provider>
  );
}
