import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";

/**
 * What a teacher's link says of the page's controls: some are hidden, some are shown and cannot be changed. It guards nothing (whoever
 * changes the address has everything), it only leaves out what would distract.
 *
 * A control takes part by its name: a field of fields.tsx by its property `name`, a whole group by <Part name="data">…</Part>, a button
 * or a key by useControl("reset").
 */
export type ControlState = "shown" | "locked" | "hidden";

export interface Rules {
  hide: ReadonlySet<string>;
  lock: ReadonlySet<string>;
}

/** Every name that hide= and lock= know, in the order in which the page has them; views are hidden by their own names. */
export const controlNames = [
  "play", "step", "reset", "weights", "speed",
  "problem", "activation", "loss", "optimizer", "rate", "regularization",
  "data", "share", "noise", "batch", "examples", "seed",
  "layers", "features", "inspector", "numbers",
  "test", "discretize", "curves", "experiment", "views",
] as const;

/** TensorFlow Playground's controls, which its links hide by NAME_hide=true, and what they are called here. */
const foreign: Record<string, string> = {
  playButton: "play", stepButton: "step", resetButton: "reset", problem: "problem", activation: "activation", learningRate: "rate",
  regularization: "regularization", regularizationRate: "regularization", dataset: "data", regDataset: "data", percTrainData: "share",
  noise: "noise", batchSize: "batch", numHiddenLayers: "layers", networkShape: "layers", showTestData: "test", discretize: "discretize",
};

export const noRules: Rules = { hide: new Set(), lock: new Set() };

/** What an address says of controls, and the address without it. What TensorFlow Playground hides stays in, for the server reads it, too. */
export function readRules(rest: string): { rules: Rules; rest: string } {
  const hide = new Set<string>();
  const lock = new Set<string>();
  const kept = rest.split("&").filter((pair) => {
    const [key = "", value = ""] = pair.split("=");
    if (key === "hide" || key === "lock") {
      for (const name of decodeURIComponent(value).split(",")) if (name !== "") (key === "hide" ? hide : lock).add(name);
      return false;
    }
    if (key.endsWith("_hide") && value === "true") {
      const name = foreign[key.slice(0, -"_hide".length)];
      if (name !== undefined) hide.add(name);
    }
    return true;
  });
  return { rules: { hide, lock }, rest: kept.join("&") };
}

/** As it stands at the end of an address. */
export function writeRules({ hide, lock }: Rules): string {
  const list = (key: string, names: ReadonlySet<string>): string => (names.size === 0 ? "" : `${key}=${[...names].map(encodeURIComponent).join(",")}`);
  return [list("hide", hide), list("lock", lock)].filter((part) => part !== "").join("&");
}

export const ControlRules = createContext<Rules>(noRules);

export function stateOf(rules: Rules, name: string | undefined): ControlState {
  return name === undefined ? "shown" : rules.hide.has(name) ? "hidden" : rules.lock.has(name) ? "locked" : "shown";
}

/** Whether a control is shown, locked or hidden here. */
export function useControl(name: string | undefined): ControlState {
  return stateOf(useContext(ControlRules), name);
}

/** A group of controls that is hidden or locked together. */
export function Part({ name, children }: { name: string; children: ComponentChildren }) {
  const state = useControl(name);
  if (state === "hidden") return null;
  return <fieldset class="part" disabled={state === "locked"}>{children}</fieldset>;
}
