import { Badge, type Severity } from "~/ui/badge";
import { formatCount, formatDistance, formatEuro, formatSeconds } from "~/ui/format";
import type { Column } from "~/ui/table";
import type { RuleSeverity } from "../../../db/rules/shifts/assignment-rules";
import type { Candidate } from "../../../db/shifts/candidates/candidate";

const severities: Record<RuleSeverity, Severity> = { block: "critical", warn: "warning", info: "notice" };
const words: Record<RuleSeverity, string> = { block: "cannot", warn: "can, with a reason", info: "can" };

export type ListedCandidate = Candidate & { worst: RuleSeverity | null };

export function StandingBadge({ worst }: { worst: RuleSeverity | null }) {
  return <Badge severity={worst === null ? "ok" : severities[worst]}>{worst === null ? "can" : words[worst]}</Badge>;
}

/** Hours of work, as rules count them. */
export function formatHours(seconds: number): string {
  return `${Number((seconds / 3600).toFixed(1))} h`;
}

export const marginColumn: Column<Pick<Candidate, "marginPerHour">> = {
  id: "margin",
  header: "Margin an hour",
  align: "end",
  sortBy: ({ marginPerHour }) => marginPerHour,
  cell: ({ marginPerHour }) => formatEuro(marginPerHour),
};

export const weekColumn: Column<Pick<Candidate, "weekSecondsAfter">> = {
  id: "week",
  header: "Week after",
  align: "end",
  isWideOnly: true,
  sortBy: ({ weekSecondsAfter }) => weekSecondsAfter,
  cell: ({ weekSecondsAfter }) => formatHours(weekSecondsAfter),
};

export const candidateColumns: readonly Column<ListedCandidate>[] = [
  { id: "name", header: "Guard", sortBy: ({ fullName }) => fullName, cell: ({ fullName }) => fullName },
  {
    id: "standing",
    header: "Standing",
    isFilling: true,
    cell: ({ worst, reasons }) => (
      <span className="inline-flex flex-wrap items-center gap-x-2">
        <StandingBadge worst={worst} />
        <span className="text-xs text-muted @max-xl:hidden">
          {reasons
            .filter(({ severity }) => severity === worst && severity !== "info")
            .map(({ rule }) => rule.replace("-", " "))
            .join(", ")}
        </span>
      </span>
    ),
  },
  {
    id: "distance",
    header: "Distance",
    align: "end",
    sortBy: ({ distanceMeters }) => distanceMeters,
    cell: ({ distanceMeters }) => formatDistance(distanceMeters),
  },
  {
    id: "travel",
    header: "Travel, estimated",
    align: "end",
    isWideOnly: true,
    sortBy: ({ travelSeconds }) => travelSeconds,
    cell: ({ travelSeconds }) => formatSeconds(travelSeconds === null ? null : Math.round(travelSeconds / 60) * 60),
  },
  marginColumn,
  weekColumn,
  {
    id: "history",
    header: "Worked here",
    align: "end",
    isWideOnly: true,
    sortBy: ({ history }) => history.completedCount,
    cell: ({ history }) => (
      <>
        {formatCount(history.completedCount)}
        {history.noShowCount > 0 && <span className="text-critical">, {formatCount(history.noShowCount)} missed</span>}
      </>
    ),
  },
  {
    id: "against",
    header: "Against",
    isFilling: true,
    isWideOnly: true,
    cell: ({ reasons }) =>
      reasons.length === 0 ? (
        <span className="text-faint">nothing</span>
      ) : (
        <span className="line-clamp-2 text-xs whitespace-normal">
          {reasons.map(({ sentence }) => sentence).join(" ")}
        </span>
      ),
  },
];
