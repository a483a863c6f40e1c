import { Link } from "@remix-run/react";

import { Badge, type Severity } from "~/ui/badge";
import { EmptyState } from "~/ui/empty-state";
import { formatBytes, formatCount, formatSeconds } from "~/ui/format";
import { type Column, DataTable } from "~/ui/table";
import { Age } from "~/ui/time";
import { isDrifted } from "../../db/rules/backups/measure-drift";
import type { ListedBackup } from "./read-backups.server";

const states: Record<ListedBackup["state"], Severity> = {
  taking: "notice",
  complete: "ok",
  failed: "critical",
  deleted: "neutral",
};

const proofs: Record<ListedBackup["proof"], { severity: Severity; label: string }> = {
  none: { severity: "warning", label: "not proved" },
  proved: { severity: "ok", label: "proved" },
  damaged: { severity: "critical", label: "damaged" },
  unknown: { severity: "unknown", label: "unknown" },
};

const named = (mayAct: boolean): Column<ListedBackup> => ({
  id: "id",
  header: "Backup",
  isFilling: true,
  cell: (backup) => (
    <>
      <p className="font-mono text-xs">{backup.id}</p>
      {(backup.note ?? backup.proofNote) && (
        <p className="line-clamp-2 text-xs text-muted">{backup.note ?? backup.proofNote}</p>
      )}
      {mayAct && backup.state === "complete" && <Actions backup={backup} />}
    </>
  ),
});

const columns: Column<ListedBackup>[] = [
  { id: "proof", header: "Restoring", cell: (backup) => <Proof backup={backup} /> },
  { id: "age", header: "As of", cell: ({ snapshotAt, beganAt }) => <Age at={snapshotAt ?? beganAt} /> },
  {
    id: "state",
    header: "Taking",
    isWideOnly: true,
    cell: ({ state }) => <Badge severity={states[state]}>{state}</Badge>,
  },
  {
    id: "size",
    header: "Size",
    align: "end",
    isWideOnly: true,
    cell: ({ sizeBytes, sizeDrift }) => <Drifting text={formatBytes(sizeBytes)} drift={sizeDrift} />,
  },
  {
    id: "rows",
    header: "Rows",
    align: "end",
    isWideOnly: true,
    cell: ({ rowCount }) => formatCount(rowCount),
  },
  {
    id: "took",
    header: "Took",
    align: "end",
    isWideOnly: true,
    cell: ({ durationSeconds, durationDrift }) => (
      <Drifting text={formatSeconds(durationSeconds)} drift={durationDrift} />
    ),
  },
];

function Proof({ backup: { state, proof, proofAt, restoreSeconds } }: { backup: ListedBackup }) {
  if (state !== "complete") return <span className="text-muted">{state}</span>;
  const { severity, label } = proofs[proof];
  return (
    <>
      <Badge severity={severity}>{label}</Badge>
      {proofAt && (
        <p className="text-xs text-muted">
          {restoreSeconds !== null && proof === "proved" && `in ${formatSeconds(restoreSeconds)}, `}
          <Age at={proofAt} />
        </p>
      )}
    </>
  );
}

/** A number, and what it is beside the seven before it where that is far off. */
function Drifting({ text, drift }: { text: string; drift: number | null }) {
  return (
    <>
      <p>{text}</p>
      {drift !== null && isDrifted(drift) && <p className="text-xs text-warning">{drift.toFixed(1)} × the usual</p>}
    </>
  );
}

const columnsToRead = [named(false), ...columns];
const columnsToAct = [named(true), ...columns];

function Actions({ backup: { id, proof } }: { backup: ListedBackup }) {
  return (
    <p className="mt-0.5 flex flex-wrap gap-x-3 text-xs">
      <Action operation="verify-backup" id={id} label="Verify" />
      {proof === "proved" && <Action operation="restore-table" id={id} label="Restore a table" />}
      {proof === "proved" && <Action operation="restore-backup" id={id} label="Restore beside" />}
      <Action operation="delete-backup" id={id} label="Delete" />
    </p>
  );
}

/** Operations with one field more ask for it on their own page. */
function Action({ operation, id, label }: { operation: string; id: string; label: string }) {
  return (
    <Link
      className="whitespace-nowrap text-accent underline-offset-2 hover:underline"
      to={`/operations/new/${operation}?backup=${encodeURIComponent(id)}`}
      aria-label={`${label}: ${id}`}
    >
      {label}
    </Link>
  );
}

export function BackupsTable({ backups, mayAct }: { backups: ListedBackup[]; mayAct: boolean }) {
  return (
    <DataTable
      caption="Backups of this database, newest first"
      rows={backups}
      columns={mayAct ? columnsToAct : columnsToRead}
      rowId={({ id }) => id}
      empty={
        <EmptyState title="There is no backup">
          The first is taken at the next run of the schedule, or now by hand.
        </EmptyState>
      }
    />
  );
}
