/** What stands behind a view's name in the address: f=x^2&start=1,2. Spaces are written +, as people read them. */
export function readParts(rest: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const part of rest.split("&")) {
    const at = part.indexOf("=");
    if (at < 1) continue;
    try {
      found[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1).replaceAll("+", " "));
    } catch {
      // A link that was cut in the middle of a sign says nothing there.
    }
  }
  return found;
}

/** The same, backwards; what is empty is left out. */
export function writeParts(parts: Record<string, string | undefined>): string {
  return Object.entries(parts)
    .filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== "")
    .map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%20", "+").replace(/%(2C|3B|5E|2F|3D|7C|5B|5D)/g, (code) => decodeURIComponent(code))}`)
    .join("&");
}
