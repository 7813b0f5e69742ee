import { useState } from "preact/hooks";
import { useAnswer } from "../answers";
import type { Client } from "../client";
import { text } from "../text";

interface CollapseAnswer {
  weight: string[][];
  bias: string[];
  rank: number;
  parameters: { before: number; after: number };
}

/** A stack of linear layers as the one layer that it is, asked for when it is opened. */
export function Collapsed({ client, network }: { client: Client; network: string }) {
  const words = text.shapes;
  const [isOpen, open] = useState(false);
  const { answer, of, problem, isCurrent } = useAnswer<CollapseAnswer>(client, "collapse", isOpen ? { network } : null);
  return (
    <section>
      <details onToggle={(event) => open(event.currentTarget.open)}>
        <summary>{words.collapse}</summary>
        {isOpen && isCurrent && problem !== null && <p role="alert" class="refused">{problem.message}</p>}
        {problem === null && answer !== null && of?.network === network && (
          <div role="status">
            <div class="wide" tabIndex={0} role="group" aria-label={words.collapse}>
              {answer.weight.map((row, i) => row.map((entry, j) => (
                <p key={`${i} ${j}`} class="math">ω{row.length * answer.weight.length > 1 && <sub>{answer.weight.length > 1 ? `${i + 1}${j + 1}` : j + 1}</sub>} = {entry}</p>
              )))}
              {answer.bias.map((entry, i) => <p key={i} class="math">b{answer.bias.length > 1 && <sub>{i + 1}</sub>} = {entry}</p>)}
            </div>
            <p class="hint">{words.collapsed(answer.parameters.before, answer.parameters.after, answer.rank)}</p>
          </div>
        )}
      </details>
    </section>
  );
}
