import { Link } from "@remix-run/react";

import { formatCount } from "~/ui/format";
import type { MetricId } from "../../db/rules/sla/definitions";
import { type SlaAddress, slaSearch } from "./sla-question";

export type Part = "misses" | "counted" | "left out";
export type Group = { by: string; key: string };

/** The address of the very shifts behind a number, or behind one group of it. */
export function shiftsBehind(
  question: Pick<SlaAddress, "period" | "filter">,
  { metric, part, group }: { metric: MetricId; part: Part; group?: Group },
): string {
  return `/sla/shifts${slaSearch(question, { metric, part, by: group?.by ?? null, key: group?.key ?? null })}`;
}

/** Misses, what was counted and what was left out of a number, each as its shifts. */
export function ShiftLinks({
  question,
  metric,
  title,
  leftOut,
}: {
  question: Pick<SlaAddress, "period" | "filter">;
  metric: MetricId;
  title: string;
  /** Shifts that the number does not count. */
  leftOut: number;
}) {
  const parts: { part: Part; label: string }[] = [
    { part: "misses", label: "Misses" },
    { part: "counted", label: "All counted" },
    ...(leftOut > 0 ? [{ part: "left out" as const, label: `${formatCount(leftOut)} left out` }] : []),
  ];
  return (
    <nav aria-label={`Shifts behind ${title}`} className="flex flex-wrap gap-x-3 text-xs">
      {parts.map(({ part, label }) => (
        <Link
          key={part}
          to={shiftsBehind(question, { metric, part })}
          className="inline-flex items-center text-accent hover:underline max-md:min-h-9"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
