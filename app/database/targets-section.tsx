import { Badge } from "~/ui/badge";
import { Section } from "~/ui/page";
import type { Target } from "../../db/database/read-targets";
import { formatMeasured } from "./format-cell";

/** What SecuryFlex asks of its database, and whether it is so. */
export function TargetsSection({ targets }: { targets: readonly Target[] }) {
  return (
    <Section title="Targets" note="SecuryFlex's own; what was not measured is unknown" flush>
      <ul className="m-0 grid list-none gap-px bg-line p-0 sm:grid-cols-2 xl:grid-cols-4">
        {targets.map(({ title, value, unit, limit, severity, note }) => (
          <li key={title} className="flex flex-col gap-1 bg-surface px-4 py-3">
            <span className="text-xs text-muted">{title}</span>
            <span className="flex items-center gap-2">
              <span className="text-lg font-semibold tabular-nums">
                {value === null ? "unknown" : formatMeasured(value, unit)}
              </span>
              <Badge severity={severity}>{limit}</Badge>
            </span>
            <span className="text-xs text-muted">{note}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
