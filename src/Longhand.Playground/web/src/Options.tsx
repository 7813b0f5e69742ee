import { Check, Choice, Optional } from "./fields";
import type { Kind } from "./protocol";
import { readLine, withFlag, withOption } from "./settings";
import { text } from "./text";

/** The options of what has been chosen, as the library declares them, each with what holds where nothing is said. */
export function Options({ kind, line, without = [], onChange }: { kind: Kind | undefined; line: string; without?: string[]; onChange: (change: (line: string) => string) => void }) {
  if (kind === undefined) return null;
  const read = readLine(line);
  return (
    <>
      {kind.options.filter(({ name }) => !without.includes(name)).map(({ name, default: usual }) =>
        usual?.includes("|") ? (
          <Choice key={name} label={text.optionNames[name] ?? name} value={read.options[name] ?? usual.split("|")[0]!} choices={usual.split("|")} onChoose={(value) => onChange((now) => withOption(now, name, value === usual.split("|")[0] ? null : value))} />
        ) : (
          <Optional key={`${kind.name} ${name}`} label={text.optionNames[name] ?? name} value={read.options[name] ?? null} usual={usual ?? text.asRate} onChoose={(value) => onChange((now) => withOption(now, name, value))} />
        ),
      )}
      {kind.flags.map((flag) => (
        <Check key={flag} label={text.optionNames[flag] ?? flag} value={read.words.includes(flag)} onChoose={(isOn) => onChange((now) => withFlag(now, flag, isOn))} />
      ))}
    </>
  );
}
