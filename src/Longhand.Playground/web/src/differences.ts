import type { Settings } from "./protocol";
import { readLine } from "./settings";
import { text } from "./text";

/** What is shown and how far it has trained is no part of what a run is. */
const shownOnly = ["epoch", "test", "discretize"];

interface Units {
  units: string;
  activation: string;
}

function unitsOf(network: string): Units[] {
  return network.split("->").slice(1).map((part) => {
    const [, units = "", ...rest] = part.trim().split(" ");
    return { units, activation: rest.join(" ") || "identity" };
  });
}

function ofNetworks(before: string, now: string): string[] {
  const [a, b] = [unitsOf(before), unitsOf(now)];
  const widths = (all: Units[]): string => all.slice(0, -1).map(({ units }) => units).join(", ") || "0";
  const found: string[] = [];
  if (widths(a) !== widths(b)) found.push(`${text.time.hidden} ${widths(a)} → ${widths(b)}`);
  const name = (all: Units[]): string[] => [...new Set(all.slice(0, -1).map(({ activation }) => activation))];
  const [one, other] = [name(a), name(b)];
  // One activation throughout, exchanged for another: that is said once.
  if (one.length === 1 && other.length === 1) {
    if (one[0] !== other[0]) found.push(`${one[0]} → ${other[0]}`);
  } else
    for (let l = 0; l < Math.min(a.length, b.length) - 1; l++)
      if (a[l]!.activation !== b[l]!.activation) found.push(`${text.time.layer(l + 1)}: ${a[l]!.activation} → ${b[l]!.activation}`);
  const [end, last] = [a[a.length - 1], b[b.length - 1]];
  if (end?.units !== last?.units) found.push(`${text.time.outputs} ${end?.units} → ${last?.units}`);
  if (end?.activation !== last?.activation) found.push(`${text.time.output}: ${end?.activation} → ${last?.activation}`);
  return found;
}

function ofLines(key: string, before: string, now: string): string[] {
  const [a, b] = [readLine(before), readLine(now)];
  const words = (line: string): string => line.split(" ").filter((word) => !word.includes("=")).join(" ");
  if (words(before) !== words(now)) return [`${before === "none" || now === "none" ? `${key} ` : ""}${words(before)} → ${words(now)}`];
  const names = new Set([...Object.keys(a.options), ...Object.keys(b.options)]);
  return [...names]
    .filter((name) => a.options[name] !== b.options[name])
    .map((name) => `${name} ${a.options[name] ?? text.time.usual} → ${b.options[name] ?? text.time.usual}`);
}

/** What differs between the settings of two runs, each as "lr 0.03 → 0.1". */
export function differences(before: Settings, now: Settings): string[] {
  const found: string[] = [];
  for (const key of Object.keys(now) as (keyof Settings)[]) {
    const [a, b] = [before[key] ?? "", now[key]];
    if (shownOnly.includes(key) || a === b) continue;
    if (key === "network") found.push(...ofNetworks(a, b));
    else if (key === "optimizer" || key === "data" || key === "regularization" || key === "loss") found.push(...ofLines(key, a, b));
    else found.push(`${key} ${a || text.time.usual} → ${b || text.time.usual}`);
  }
  return found;
}
