/** What of the address is the page's own, and what the server reads. */
export type Own = Partial<Record<"by" | "until" | "open" | "scales" | "pins", string>>;

const keys = ["by", "until", "open", "scales", "pins"] as const;

export function splitAddress(rest: string): { link: string; own: Own } {
  const own: Own = {};
  const link = rest.split("&").filter((pair) => {
    const [key = "", value = ""] = pair.split("=", 2);
    const found = keys.find((one) => one === key);
    if (found === undefined) return true;
    try {
      own[found] = decodeURIComponent(value);
    } catch {
      // A link that was cut in the middle of a character: the rest of it is worth showing.
    }
    return false;
  });
  return { link: link.join("&"), own };
}

export function joinAddress(link: string, own: Own): string {
  const parts = keys.filter((key) => own[key] !== undefined && own[key] !== "").map((key) => `${key}=${encodeURIComponent(own[key]!).replaceAll("%2C", ",")}`);
  return [link, ...parts].join("&");
}
