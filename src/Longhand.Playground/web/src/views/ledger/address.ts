/** What the ledger shows beside the experiment, as its address says it. */
export interface Shown {
  /** train, test, batch or own. */
  set: string;
  example: number;
  /** What was typed where the set is own. */
  input: string;
  target: string;
  /** scalar or matrix. */
  as: string;
  /** Significant digits; 0 for those of the experiment. */
  digits: number;
  /** Places that alone are worked; none for all. */
  at: string[];
  /** What a self-test covers: "" for nothing, all, 2 for every second value, or a section. */
  cover: string;
  /** What a click in the drawing leads to: value, gradient or update. */
  click: string;
  /** The lines that were followed, the chosen one last, by what they find. */
  line: string[];
}

export const nothing: Shown = {
  set: "train", example: 0, input: "", target: "", as: "scalar", digits: 0, at: [], cover: "", click: "value", line: [],
};

const MOST_FOLLOWED = 12;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

/** Splits an address into what the ledger says and what the experiment says. */
export function readShown(rest: string): { shown: Shown; link: string } {
  const shown = { ...nothing };
  const left: string[] = [];
  for (const pair of rest.split("&")) {
    const equals = pair.indexOf("=");
    const key = equals < 0 ? pair : pair.slice(0, equals);
    const value = equals < 0 ? "" : decoded(pair.slice(equals + 1));
    const list = value.split(";").filter((item) => item !== "");
    if (key === "example" || key === "digits") shown[key] = /^\d{1,9}$/.test(value) ? Number(value) : 0;
    else if (key === "at") shown.at = list;
    else if (key === "line") shown.line = list.slice(-MOST_FOLLOWED);
    else if (key === "set" || key === "input" || key === "target" || key === "as" || key === "cover" || key === "click") shown[key] = value;
    else if (pair !== "") left.push(pair);
  }
  return { shown, link: left.join("&") };
}

/** What differs from the first view of the ledger, readable as the rest of the address. */
export function writeShown(shown: Shown): string {
  return (Object.keys(nothing) as (keyof Shown)[])
    .map((key): [string, string] => [key, key === "line" || key === "at" ? shown[key].join(";") : `${shown[key]}`])
    .filter(([key, value]) => value !== `${nothing[key as keyof Shown]}`)
    .map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%20", "+").replace(/%(?:2C|3B|5B|5D|28|29)/g, decodeURIComponent)}`)
    .join("&");
}
