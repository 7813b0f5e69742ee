/** Lines of a computation: what is computed, and how, as a person writes it by hand. */
export function Lines({ lines }: { lines: { name: string; parts: string[] }[] }) {
  return (
    <dl class="worked">
      {lines.map(({ name, parts }, i) => (
        <div key={i}>
          <dt>{name}</dt>
          <dd>{parts.map((part, k) => <span key={k}>{part} </span>)}</dd>
        </div>
      ))}
    </dl>
  );
}
