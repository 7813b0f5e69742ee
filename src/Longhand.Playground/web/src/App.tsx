import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import { Round } from "./fields";
import { Client } from "./protocol";
import { text } from "./text";
import { type Help, views } from "./views";

function useClient(): Client {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const client = useRef<Client | undefined>(undefined);
  client.current ??= new Client(() => redraw(undefined));
  return client.current;
}

/** #view=shapes&network=…: the view, and what is its own. */
function readAddress(hash: string): { id: string; rest: string } {
  const found = /^#?view=([a-z]*)&?/.exec(hash);
  return found === null ? { id: views[0]!.id, rest: hash.replace(/^#/, "") } : { id: found[1]!, rest: hash.slice(found[0].length) };
}

function writeAddress(id: string, rest: string): string {
  const parts = [id === views[0]!.id ? "" : `view=${id}`, rest].filter((part) => part !== "");
  return `#${parts.join("&")}`;
}

/** What is the same in every view: the page's name, the way from view to view, the keys. */
export function App() {
  const client = useClient();
  const [address, setAddress] = useState(() => readAddress(location.hash));
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

  const setRest = (rest: string): void => {
    left.current[view.id] = rest;
    const hash = writeAddress(view.id, rest);
    if (location.hash !== hash) history.replaceState(null, "", hash);
  };
  const show = (id: string): void => {
    const rest = left.current[id] ?? "";
    history.pushState(null, "", writeAddress(id, rest));
    setAddress({ id, rest });
  };
  const { component: Shown } = view;
  return (
    <>
      <header>
        <h1>Longhand <span>playground</span></h1>
        {views.length > 1 && (
          <nav aria-label={text.views.label}>
            {views.map(({ id, title }) => (
              <a
                key={id}
                href={writeAddress(id, left.current[id] ?? "")}
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
        <Round label={text.help} onClick={() => dialog.current?.showModal()}>?</Round>
      </header>
      <Shown key={view.id} client={client} rest={address.rest} setRest={setRest} setHelp={setHelp} />
      <dialog ref={dialog} aria-labelledby="help">
        <h2 id="help">{text.help}</h2>
        <p>{help.lead}</p>
        <dl>{help.keys.map(([key, does]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div>)}</dl>
        <form method="dialog"><button class="plain">{text.close}</button></form>
      </dialog>
    </>
  );
}
