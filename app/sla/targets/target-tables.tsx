import { Link } from "@remix-run/react";

import { Badge } from "~/ui/badge";
import { type Column, DataTable } from "~/ui/table";
import { definitionOf } from "../../../db/rules/sla/definitions";
import { tellTarget } from "../../../db/rules/sla/tell-target";
import { formatDate } from "../format-date";
import { judgeAgainst } from "../share-of";
import { severities, tellBudgetWords, words } from "../target-note";
import { tellShare } from "../tell-share";
import type { SlaTargetsRead } from "./read-sla-targets.server";

type InForce = SlaTargetsRead["inForce"][number];
type WasSet = SlaTargetsRead["set"][number];

const none = <span className="text-muted">none</span>;

/** "Sun 1 Mar 2026"; what came with the console holds from the beginning. */
function tellFrom(validFrom: string): string {
  return validFrom === "2000-01-01" ? "the beginning" : `${formatDate(validFrom)} ${validFrom.slice(0, 4)}`;
}

function Verdict({ row: { id, share, target } }: { row: InForce }) {
  const verdict = share && target && judgeAgainst(definitionOf(id), share, target);
  return verdict ? <Badge severity={severities[verdict]}>{words[verdict]}</Badge> : none;
}

export const inForceColumns: readonly Column<InForce>[] = [
  { id: "number", header: "Number", cell: ({ id }) => <span className="font-medium">{definitionOf(id).title}</span> },
  {
    id: "target",
    header: "Target",
    cell: ({ id, target }) =>
      target ? (
        <>
          {tellTarget(id, target)}
          <span className="block text-xs text-muted">
            {target.clientId === null ? "house standard" : "their own"}, from {tellFrom(target.validFrom)}
          </span>
        </>
      ) : (
        none
      ),
  },
  { id: "now", header: "Last 28 days", align: "end", cell: ({ share }) => (share ? tellShare(share) : none) },
  { id: "verdict", header: "Verdict", cell: (row) => <Verdict row={row} /> },
  {
    id: "budget",
    header: "Error budget",
    isFilling: true,
    isWideOnly: true,
    cell: ({ id, budget }) =>
      budget ? (
        <span className="text-xs whitespace-normal text-muted">{tellBudgetWords(definitionOf(id), budget)}</span>
      ) : (
        none
      ),
  },
  {
    id: "set",
    header: "Change",
    cell: ({ id, setPath }) =>
      setPath && (
        <Link
          to={setPath}
          className="text-accent underline underline-offset-2"
          aria-label={`Set the target of ${definitionOf(id).title}`}
        >
          Set
        </Link>
      ),
  },
];

const setColumns: readonly Column<WasSet>[] = [
  { id: "from", header: "From", cell: ({ validFrom }) => tellFrom(validFrom) },
  { id: "number", header: "Number", cell: ({ metric }) => definitionOf(metric).title },
  { id: "whose", header: "Of", cell: ({ clientName }) => clientName ?? <span className="text-muted">the house</span> },
  { id: "target", header: "Target", cell: (row) => tellTarget(row.metric, row) },
  {
    id: "why",
    header: "Why",
    isFilling: true,
    isWideOnly: true,
    cell: ({ reason, setBy }) => (
      <span className="whitespace-normal">
        {reason} <span className="text-muted">{setBy ?? "came with the console"}</span>
      </span>
    ),
  },
];

export function SetTargetsTable({ set }: Pick<SlaTargetsRead, "set">) {
  return (
    <DataTable
      caption="Targets that were set, the latest date first"
      rows={set}
      columns={setColumns}
      rowId={({ id }) => id}
      sortKey="set"
      empty={null}
    />
  );
}
