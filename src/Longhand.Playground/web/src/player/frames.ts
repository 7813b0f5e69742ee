import type { Frame } from "../protocol";

/** The frames of a saved run: compressed, each behind its length, the pictures as differences from the frame before. */
export async function unpack(text: string): Promise<Frame[]> {
  const packed = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const view = new DataView(bytes.buffer);
  const frames: Frame[] = [];
  let before: Uint8Array | undefined;
  for (let at = 0; at < bytes.length; ) {
    const length = view.getUint32(at, true);
    const header = view.getUint32(at + 4, true);
    const start = at + 8 + header;
    const frame = JSON.parse(new TextDecoder().decode(bytes.subarray(at + 8, start))) as Frame;
    const maps = bytes.subarray(start, at + 4 + length);
    if (before !== undefined) for (let i = 0; i < maps.length; i++) maps[i] = (maps[i]! + before[i]!) & 255;
    frame.maps = maps;
    frames.push(frame);
    before = maps;
    at += 4 + length;
  }
  return frames;
}
