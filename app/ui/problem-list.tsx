import { SeverityMark } from "./badge";

/** What the address asks for and cannot mean, or what is not as the page would have it, a sentence each. */
export function ProblemList({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div role="status" className="rounded-md border border-warning/40 bg-warning-soft px-3 py-2 text-warning">
      {sentences.map((sentence) => (
        <p key={sentence} className="flex items-center gap-2">
          <SeverityMark severity="warning" />
          {sentence}
        </p>
      ))}
    </div>
  );
}
