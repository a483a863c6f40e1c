import { countedSet, type Definition } from "../../db/rules/sla/definitions";
import { slaDefinition } from "../../db/rules/sla/facts";

/** What a number means, and what a reader might expect otherwise; closed until asked for. */
export function DefinitionNote({ definition: { title, definition, edgeCases } }: { definition: Definition }) {
  return (
    <details className="text-xs text-muted">
      <summary className="w-fit rounded-sm py-0.5 hover:text-ink max-md:py-2">
        What is counted<span className="sr-only"> as {title}</span>
      </summary>
      <p className="mt-1 max-w-prose text-ink">{definition}</p>
      <ul className="mt-1 flex max-w-prose list-disc flex-col gap-1 pl-4">
        {edgeCases.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p className="mt-1 max-w-prose">
        {countedSet} Definition {slaDefinition}.
      </p>
    </details>
  );
}
