import { useLayoutEffect, useRef } from "preact/hooks";
import { paint, table, type Scheme } from "./palette";

/** One unit's picture of the plane. */
export function HeatMap({ bytes, side, scheme, discrete = false }: { bytes: Uint8Array; side: number; scheme: Scheme; discrete?: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (bytes.length === side * side) paint(canvas.current!, bytes, side, table(scheme, discrete));
  }, [bytes, side, scheme, discrete]);
  return <canvas class="map" ref={canvas} aria-hidden="true" />;
}
