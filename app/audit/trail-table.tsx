import { useSearchParams } from "@remix-run/react";
import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { type Column, DataTable } from "~/ui/table";
import { Time } from "~/ui/time";
import type { AuditRecord } from "../../db/console/list-audit-events";
import { OutcomeBadge } from "./outcome-badge";
import { searchWith } from "./trail-search";

const columns: Column<AuditRecord>[] = [
  { id: "at", header: "Time", cell: ({ at }) => <Time at={at} style="stamp" /> },
  { id: "outcome", header: "Outcome", cell: ({ outcome }) => <OutcomeBadge outcome={outcome} /> },
  { id: "action", header: "Action", cell: ({ action }) => <code className="font-mono text-xs">{action}</code> },
  {
    id: "person",
    header: "Person",
    cell: ({ staffName }) => staffName ?? <span className="text-muted">nobody signed in</span>,
  },
  {
    id: "target",
    header: "Target",
    isWideOnly: true,
    cell: ({ target }) => (target ? <span className="block max-w-80 truncate">{target}</span> : <Dash />),
  },
  {
    id: "reason",
    header: "Reason",
    isFilling: true,
    isWideOnly: true,
    cell: ({ reason }) => (reason ? <span className="line-clamp-1">{reason}</span> : <Dash />),
  },
];

/** A page of the trail; a row opens its event beside it. */
export function TrailTable({
  events,
  openedId,
  isFiltered,
}: {
  events: AuditRecord[];
  openedId?: number;
  isFiltered: boolean;
}) {
  const [search] = useSearchParams();
  return (
    <DataTable
      caption="Audit events, newest first"
      rows={events}
      columns={columns}
      rowId={({ id }) => id}
      rowHref={({ id }) => `/audit${searchWith(search, { event: id })}`}
      isCurrent={({ id }) => id === openedId}
      empty={
        isFiltered ? (
          <EmptyState title="No event matches" action={<ButtonLink to="/audit">Show all events</ButtonLink>}>
            Nothing on record has all of what you asked for.
          </EmptyState>
        ) : (
          <EmptyState title="Nothing is on record yet">
            Each sign-in, refusal and change leaves an event here.
          </EmptyState>
        )
      }
    />
  );
}

function Dash() {
  return <span className="text-faint">–</span>;
}
