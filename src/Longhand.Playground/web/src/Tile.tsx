import { HeatMap } from "./HeatMap";
import type { Scheme } from "./palette";
import type { Opened } from "./protocol";

const HEAD = 4;

/** How often each range of a unit's values occurs over the examples: left of the line negative, right of it positive. */
function Histogram({ bytes }: { bytes: Uint8Array }) {
  const bars = bytes.subarray(HEAD);
  return (
    <svg class="map histogram" viewBox={`0 0 ${bars.length} 16`} preserveAspectRatio="none" aria-hidden="true">
      {Array.from(bars, (count, i) => (
        <rect key={i} class={i < bars.length / 2 ? "minus" : "plus"} x={i + 0.1} y={16 - (15 * count) / 255} width={0.8} height={(15 * count) / 255} />
      ))}
      <line x1={bars.length / 2} x2={bars.length / 2} y1={0} y2={16} />
    </svg>
  );
}

/** The largest magnitude of a unit's values over the examples. */
export function reachOf(bytes: Uint8Array): number {
  return bytes.length < HEAD ? 0 : new DataView(bytes.buffer, bytes.byteOffset, HEAD).getFloat32(0, true);
}

/** What a unit makes of the data: of the plane, or of a table's examples. */
export function Tile({ opened, bytes, side, scheme, discrete }: { opened: Opened; bytes: Uint8Array; side: number; scheme: Scheme; discrete: boolean }) {
  return opened.bounds === undefined ? <Histogram bytes={bytes} /> : <HeatMap bytes={bytes} side={side} scheme={scheme} discrete={discrete} />;
}
