import { useContext, useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import { Answers } from "../drafts";
import { Figure } from "../Figure";
import { useAnswer } from "../answers";
import { type Place, type Shown, atOf, defaultLink, ledgerAddress, picked, placeOf, readAddress, writeShown } from "../images/address";
import { Bar } from "../images/Bar";
import { Errors } from "../images/Errors";
import { Layers } from "../images/Layers";
import { Picture, type Saliency } from "../images/Picture";
import { inkOf, readCells, split } from "../images/pixels";
import { Says } from "../images/Says";
import { type Pixel, Sum } from "../images/Sum";
import { useScheme } from "../palette";
import { ControlRules, stateOf } from "../rules";
import { short } from "../settings";
import { text } from "../text";
import type { ViewProps } from "../views";
import "./Images.css";

const words = text.images;
const controlOf = { toggle: "play", epoch: "step", batch: "step", reset: "reset", weights: "weights" } as const;
// While training goes on, what is asked beside the frames is asked this often (milliseconds).
const GLANCE = 80;
const REVIEW = 700;

/** A convolutional network on pictures: what every layer makes of one, number by number, while it learns. */
export function Images({ client, rest, setRest, setHelp }: ViewProps) {
  const first = useMemo(() => readAddress(rest), []);
  const [shown, setShown] = useState<Shown>(first.shown);
  const [hovered, hover] = useState<Place | null>(null);
  const [speed, setSpeed] = useState(1);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const scheme = useScheme();
  const rules = useContext(ControlRules);
  const { hello, opened, frame } = client;
  const images = opened?.images;
  const running = frame?.running ?? false;
  const stands = frame !== null && client.isFresh && !running && !frame.touched && frame.epoch + frame.batch > 0 && frame.epoch <= 100000;
  const epoch = stands ? `&epoch=${frame.epoch}${frame.batch > 0 ? `,${frame.batch}` : ""}` : "";

  useEffect(() => {
    // Whoever comes back finds the training as it is.
    if (client.opened?.images === undefined || client.isBeginning || (rest !== "" && readAddress(`${client.opened.link}${epoch}`).link !== first.link)) client.begin(first.link, defaultLink);
    setHelp({ lead: words.helpLead, keys: words.keys });
  }, []);

  const show = (change: Partial<Shown>): void => setShown((now) => ({ ...now, ...change }));

  // An example that these data do not have is none.
  const count = images === undefined ? null : shown.set === "test" ? images.test : images.train;
  useEffect(() => {
    if (count === 0) show({ set: "train", example: 0 });
    else if (count !== null && shown.example >= count) show({ example: 0 });
  }, [count, shown.example]);
  // A picture of cells belongs to images of its size.
  const cellLength = images === undefined ? null : 2 * images.height * images.width;
  useEffect(() => {
    if (cellLength !== null && shown.cells !== null && shown.cells.length !== cellLength) show({ cells: null, lines: "" });
  }, [cellLength, shown.cells]);
  const look = JSON.stringify(picked(shown));
  // At once: whether the frame is of what is looked at is known by whether all that was sent has been seen.
  useLayoutEffect(() => {
    if (count === null || count === 0 || shown.example >= count || (shown.cells !== null && shown.cells.length !== cellLength)) return;
    const { set, example, lines, cells } = picked(shown) as { set: string; example?: number; lines?: string; cells?: string };
    client.send({ type: "look", set, index: example ?? 0, lines, cells });
  }, [look, opened]);

  const act = useRef<Record<"toggle" | "epoch" | "batch" | "reset" | "weights", () => void>>({} as never);
  act.current = {
    toggle: () => client.send({ type: client.running ? "pause" : "play" }),
    epoch: () => client.send({ type: "step" }),
    batch: () => client.send({ type: "step", by: "batch" }),
    reset: () => client.send({ type: "reset" }),
    weights: () => client.open((now) => ({ ...now.settings, weights: `${1 + Math.floor(Math.random() * 99999)}` })),
  };
  // A key does nothing where its button is locked or hidden.
  const ruled = useRef(rules);
  ruled.current = rules;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest("dialog[open], input, select, textarea")) return;
      const onButton = target.closest("button, summary, a") !== null;
      const name =
        event.key === " " && !onButton ? "toggle"
        : event.key === "ArrowRight" ? (event.shiftKey ? "batch" : "epoch")
        : ({ r: "reset", R: "reset", n: "weights", N: "weights" } as const)[event.key];
      if (name === undefined || stateOf(ruled.current, controlOf[name]) !== "shown") return;
      event.preventDefault();
      act.current[name]();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  const image = frame?.image;
  const link = opened === null || images === undefined ? null : `${opened.link}${epoch}&${writeShown(shown)}`;
  useEffect(() => {
    if (link !== null && !running) setRest(link);
  }, [link, running]);

  const fixed = images === undefined || shown.at === "" ? null : placeOf(images, shown.at);
  const place = hovered !== null && images !== undefined && hovered.column < images.columns.length ? hovered : fixed;
  const at = place === null || images === undefined ? null : atOf(images.columns, place);
  // A frame answers the last look: until then the maps are another picture's.
  const stamp = `${opened?.link} ${frame?.epoch},${frame?.batch} ${frame?.touched} ${image?.set}`;
  const asked = images === undefined || frame === null || count === null || shown.example >= count ? null : picked(shown);
  const pause = running ? GLANCE : 0;
  const pointed = asked === null || at === null ? null : { ...asked, at };
  const sum = useAnswer<Pixel>(client, "pixel", pointed, stamp, pause);
  const saliency = useAnswer<Saliency>(client, "saliency", asked === null || !shown.saliency ? null : asked, stamp, pause);

  if (hello === null || opened === null || images === undefined) return <main class="wait"><p role="status">{client.lost ? text.lost : text.connecting}</p></main>;
  const problem = client.lost ? text.lost : frame?.problem;
  // While it trains, what is not of this very moment is of one not long ago; what is of another picture or place is nothing.
  const isOf = (answered: { of: Record<string, unknown> | null; isCurrent: boolean }, question: Record<string, unknown> | null): boolean =>
    answered.isCurrent || (running && JSON.stringify(answered.of) === JSON.stringify(question));
  const pixel = pointed !== null && isOf(sum, pointed) ? sum.answer : null;
  const shape = place === null ? null : images.columns[place.column]!;
  const name = place === null || shape === null ? null : shape.image ? words.place(shape.name, place.channel + 1, place.row + 1, place.across + 1) : words.unit(shape.name, place.channel + 1);
  const isOwn = shown.lines !== null || shown.cells !== null;
  const isReady = frame !== null && image !== undefined;
  // A picture of one's own is known before it comes back.
  const drawn = shown.cells !== null && shown.cells.length === cellLength ? readCells(shown.cells) : shown.lines === "" ? [] : null;
  const ink = drawn ?? (isReady ? Array.from(split(images, frame.maps)[0]!.maps, inkOf) : []);
  return (
    <Answers.Provider value={client.answers}>
      <Bar
        client={client}
        hello={hello}
        opened={opened}
        images={images}
        frame={frame}
        running={client.running}
        act={act.current}
        onDismiss={() => {
          client.refusal = null;
          redraw(undefined);
        }}
        speed={speed}
        onSpeed={(epochs) => {
          setSpeed(epochs);
          client.send({ type: "speed", epochs });
        }}
      />
      {problem !== undefined && <div class="message" role="alert"><span>{problem}</span></div>}
      <main class="images">
        <Picture images={images} image={image} ink={ink} known={() => (drawn === null ? client.settled() : null)} saliency={shown.saliency && isOf(saliency, asked) ? saliency.answer : null} scheme={scheme} shown={shown} onShow={show} />
        <section class="network" aria-labelledby="network">
          <h2 id="network">{text.network}</h2>
          <p class="lead">{words.networkLead}</p>
          {isReady && (
            <Figure title={text.network}>
              <Layers
                images={images}
                image={image}
                bytes={frame.maps}
                scheme={scheme}
                place={place}
                isFixed={hovered === null}
                pixel={pixel}
                onHover={hover}
                onChoose={(chosen) => {
                  hover(null);
                  show({ at: atOf(images.columns, chosen) });
                }}
              />
            </Figure>
          )}
          <p class="legend scale"><span><i class="ramp" aria-hidden="true" /> {words.scale}</span></p>
          <Sum images={images} pixel={pixel} refusal={sum.problem?.message ?? null} scheme={scheme} name={name} ledger={isOwn || running || at === null ? null : ledgerAddress(opened, epoch, { ...shown, at })} />
        </section>
        {isReady && <Says client={client} images={images} frame={frame} />}
        <Errors client={client} images={images} stamp={`${opened.link} ${frame?.epoch},${frame?.batch}`} pause={running ? REVIEW : 0} scheme={scheme} shown={shown} onShow={show} />
      </main>
      <footer><p>{frame?.touched ? text.touched : text.link}</p></footer>
      <p class="unseen" role="status">
        {frame !== null && !running && frame.epoch > 0 ? text.stopped(frame.epoch, short(frame.train.loss), frame.test === undefined ? null : short(frame.test.loss)) : ""}
      </p>
      <p class="unseen" role="status">{hovered === null && name !== null && pixel !== null ? `${name} = ${short(pixel.value, 4)}` : ""}</p>
    </Answers.Provider>
  );
}
