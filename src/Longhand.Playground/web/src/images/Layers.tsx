import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Scheme, table } from "../palette";
import type { ImageColumn, ImageFrame, ImagesOpened } from "../protocol";
import { text } from "../text";
import type { Place } from "./address";
import { type Tiles, arrange, inkOf, inkTable, split, tilesOf } from "./pixels";
import type { Pixel } from "./Sum";
import { Cells, Frame, Kernels, Tile } from "./Tile";

const words = text.images;

/** A column for the input and for each layer: its maps, and beside each the filter that made it. */
export function Layers({ images, image, bytes, scheme, place, isFixed, pixel, onHover, onChoose }: {
  images: ImagesOpened;
  image: ImageFrame;
  bytes: Uint8Array;
  scheme: Scheme;
  /** What is pointed at or chosen. */
  place: Place | null;
  /** Whether it is chosen rather than only pointed at. */
  isFixed: boolean;
  pixel: Pixel | null;
  onHover: (place: Place | null) => void;
  onChoose: (place: Place) => void;
}) {
  const room = useRef<HTMLDivElement>(null);
  const { columns } = images;
  const [roomWidth, setRoomWidth] = useState(0);
  useLayoutEffect(() => {
    const watch = new ResizeObserver(() => setRoomWidth(room.current!.clientWidth));
    watch.observe(room.current!);
    return () => watch.disconnect();
  }, []);
  const { side, rows } = arrange(columns, roomWidth);
  const parts = split(images, bytes);
  const colors = table(scheme, false);
  const ink = inkTable(scheme);

  const move = (next: Place): void => {
    onChoose(next);
    const tile = columns[next.column]!.image ? next.channel : 0;
    room.current?.querySelector<HTMLElement>(`[data-tile="${next.column}-${tile}"] .tile`)?.focus();
  };
  // The arrows go from number to number, the page keys from map to map, brackets from layer to layer.
  const press = (column: number, tile: number) => (event: KeyboardEvent): void => {
    const shape = columns[column]!;
    const now = place?.column === column && (!shape.image || place.channel === tile) ? place : { column, channel: shape.image ? tile : 0, row: 0, across: 0 };
    const tiles = tilesOf(shape, side);
    const step = ({ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] } as Record<string, [number, number]>)[event.key];
    const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));
    let next: Place | null = null;
    if (step !== undefined && shape.image) next = { ...now, row: within(now.row + step[0], shape.height), across: within(now.across + step[1], shape.width) };
    else if (step !== undefined) next = { ...now, channel: within(now.channel + step[0] * tiles.width + step[1], shape.shown) };
    else if ((event.key === "PageUp" || event.key === "PageDown") && shape.image) next = { ...now, channel: within(tile + (event.key === "PageUp" ? -1 : 1), shape.shown) };
    else if (event.key === "[" || event.key === "]") {
      const to = within(column + (event.key === "[" ? -1 : 1), columns.length);
      const other = columns[to]!;
      next = { column: to, channel: within(now.channel, other.shown), row: within(now.row, other.height), across: within(now.across, other.width) };
    }
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    move(next);
  };

  return (
    <div class="sheet" role="group" aria-label={words.layers} ref={room}>
      <div class="columns">
        {columns.map((shape, k) => {
          const tiles = tilesOf(shape, side);
          const isOutput = k === columns.length - 1 && !shape.image;
          return (
            <section key={`${k} ${shape.name}`} class="column" aria-label={shape.name}>
              <h3>{shape.name}</h3>
              <p class="hint">{k === 0 ? images.data : shape.layer}<br />{shape.image ? `${shape.height}×${shape.width}×${shape.channels}` : `${shape.channels}`}</p>
              <div class="tiles" style={{ gridTemplateColumns: `repeat(${Math.max(1, Math.ceil(tiles.count / rows))}, auto)` }}>
                {Array.from({ length: tiles.count }, (_, t) => (
                  <div key={t} class="made" data-tile={`${k}-${t}`}>
                    {shape.filters !== null && t < shape.filters.outputs && (
                      <Kernels bytes={kernelOf(parts[k]!.filters, shape.filters, t)} filters={shape.filters} scheme={scheme} />
                    )}
                    <Tile
                      label={shape.image ? words.map(shape.name, t + 1, shape.channels) : words.units(shape.name, shape.channels)}
                      width={tiles.width}
                      height={tiles.height}
                      pixel={tiles.pixel}
                      chosen={isFixed && place?.column === k && (!shape.image || place.channel === t)}
                      isStop={place?.column === k && shape.image ? place.channel === t : t === 0}
                      onHover={(cell) => onHover(cell === null ? null : placeAt(shape, k, t, tiles, cell))}
                      onChoose={(cell) => {
                        const chosen = cell === null ? (place?.column === k && (!shape.image || place.channel === t) ? place : { column: k, channel: shape.image ? t : 0, row: 0, across: 0 }) : placeAt(shape, k, t, tiles, cell);
                        if (chosen !== null) onChoose(chosen);
                      }}
                      onKey={press(k, t)}
                    >
                      <Cells
                        bytes={k === 0 ? Array.from(tileOf(parts[k]!.maps, shape, t), inkOf) : tileOf(parts[k]!.maps, shape, t)}
                        width={tiles.width}
                        height={tiles.height}
                        pixel={tiles.pixel}
                        colors={k === 0 ? ink : colors}
                      />
                      <Marks images={images} column={k} tile={t} tiles={tiles} place={place} pixel={pixel} />
                    </Tile>
                    {isOutput && (
                      <ol class="names" aria-hidden="true">
                        {Array.from({ length: tiles.width === 1 ? shape.shown : 0 }, (_, c) => (
                          <li key={c} class={image.found === c ? "found" : ""} style={{ height: `${tiles.pixel}px` }}>{images.classes[c] ?? c}</li>
                        ))}
                      </ol>
                    )}
                  </div>
                ))}
              </div>
              {shape.shown < shape.channels && <p class="hint">{words.firstOf(shape.shown, shape.channels)}</p>}
            </section>
          );
        })}
      </div>
    </div>
  );
}

function tileOf(maps: Uint8Array, shape: ImageColumn, tile: number): Uint8Array {
  if (!shape.image) return maps;
  const length = shape.height * shape.width;
  return maps.subarray(tile * length, (tile + 1) * length);
}

function kernelOf(bytes: Uint8Array, filters: NonNullable<ImageColumn["filters"]>, output: number): Uint8Array {
  const length = filters.inputs * filters.height * filters.width;
  return bytes.subarray(output * length, (output + 1) * length);
}

function placeAt(shape: ImageColumn, column: number, tile: number, tiles: Tiles, [row, across]: [number, number]): Place | null {
  if (shape.image) return { column, channel: tile, row, across };
  const channel = row * tiles.width + across;
  return channel < shape.shown ? { column, channel, row: 0, across: 0 } : null;
}

/** What is pointed at, the patch that it was made from, and the winners of a pool. */
function Marks({ images, column, tile, tiles, place, pixel }: { images: ImagesOpened; column: number; tile: number; tiles: Tiles; place: Place | null; pixel: Pixel | null }) {
  if (place === null) return null;
  const shape = images.columns[column]!;
  if (place.column === column) {
    if (shape.image && place.channel !== tile) return null;
    const [row, across] = shape.image ? [place.row, place.across] : [Math.floor(place.channel / tiles.width), place.channel % tiles.width];
    return <Frame kind="spot" row={row} across={across} rows={1} columns={1} pixel={tiles.pixel} />;
  }
  if (pixel === null || pixel.source !== column || pixel.rows === undefined || pixel.columns === undefined || !shape.image) return null;
  const seen = pixel.planes === undefined ? pixel.channel === tile : pixel.planes.some(({ channel }) => channel === tile);
  if (!seen) return null;
  const [top, left] = [pixel.rows[0]!, pixel.columns[0]!];
  const [bottom, right] = [pixel.rows[pixel.rows.length - 1]!, pixel.columns[pixel.columns.length - 1]!];
  return (
    <>
      {pixel.winners?.map((at) => <Frame key={at} kind="winner" row={Math.floor(at / shape.width)} across={at % shape.width} rows={1} columns={1} pixel={tiles.pixel} />)}
      <Frame kind="patch" row={top} across={left} rows={bottom - top + 1} columns={right - left + 1} pixel={tiles.pixel} />
      {pixel.winner != null && <Frame kind="won" row={pixel.rows[pixel.winner[0]]!} across={pixel.columns[pixel.winner[1]]!} rows={1} columns={1} pixel={tiles.pixel} />}
    </>
  );
}
