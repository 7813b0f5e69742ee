import type { Frame, Opened } from "./protocol";

/** The part of an address that is a view's own: key=value pairs, to be read by people as far as an address can be. */
export function readRest(rest: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const pair of rest.split("&")) {
    const equals = pair.indexOf("=");
    if (equals < 1) continue;
    try {
      found[pair.slice(0, equals)] = decodeURIComponent(pair.slice(equals + 1).replaceAll("+", " "));
    } catch {
      // A link that was cut in the middle of a character: the rest of it is worth showing.
    }
  }
  return found;
}

/** The other way; what is undefined or empty is left away. Spaces are written +, as people read them. */
export function writeRest(pairs: Record<string, string | undefined>): string {
  return Object.entries(pairs)
    .filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== "")
    .map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%20", "+").replace(/%(2C|3A|3B|5E|2F|3D|7C|5B|5D)/g, (code) => decodeURIComponent(code))}`)
    .join("&");
}

/**
 * The experiment's part of an address, with how far it has been trained where that can be trained again.
 * @param done The operations of the present batch that were gone through.
 */
export function experimentLink(opened: Opened, frame: Frame | null, done = 0): string {
  if (frame === null || frame.running || frame.seeking || frame.touched || frame.epoch > 100000) return opened.link;
  const place = [frame.epoch, frame.batch, done];
  while (place[place.length - 1] === 0) place.pop();
  return place.length === 0 ? opened.link : `${opened.link}&epoch=${place.join(",")}`;
}
