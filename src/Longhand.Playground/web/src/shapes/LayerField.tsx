import { useState } from "preact/hooks";

/** A layer as it is written, to be written anew. What is typed counts when it is finished, and stays where it is refused. */
export function LayerField({ label, source, kept, isRefused, disabled, onFinish, onMove, onGiveUp }: {
  label: string;
  /** As it stands in the text. */
  source: string;
  /** What was typed here and is not in the table: it is awaited, or was refused. */
  kept: string | undefined;
  isRefused: boolean;
  disabled: boolean;
  onFinish: (written: string) => void;
  onMove: (to: "up" | "down") => void;
  onGiveUp: () => void;
}) {
  // An answer that comes while it is being typed draws the table anew, and must not take it away.
  const [draft, write] = useState<string | null>(null);
  const finish = (written: string): void => {
    write(null);
    if (written.trim() !== (kept ?? source)) onFinish(written);
  };
  return (
    <input
      type="text"
      value={draft ?? kept ?? source}
      size={Math.max(14, Math.min(34, source.length + 1))}
      disabled={disabled}
      spellcheck={false}
      aria-label={label}
      aria-invalid={isRefused}
      onInput={(event) => write(event.currentTarget.value)}
      onBlur={() => write(null)}
      onChange={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
          event.preventDefault();
          if (draft !== null) finish(draft);
          onMove(event.key === "ArrowUp" ? "up" : "down");
        } else if (event.key === "Escape") {
          write(null);
          onGiveUp();
        }
      }}
    />
  );
}
