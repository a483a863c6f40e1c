import { Badge } from "~/ui/badge";
import { formatSeconds } from "~/ui/format";
import { type Column, DataTable } from "~/ui/table";
import { Time } from "~/ui/time";
import type { ListedMigration } from "../../db/operations/list-migration-statuses";

const columns: Column<ListedMigration>[] = [
  {
    id: "label",
    header: "Migration",
    isFilling: true,
    sortBy: ({ label }) => label,
    cell: ({ label }) => <code className="font-mono text-xs">{label}</code>,
  },
  { id: "database", header: "Database", sortBy: ({ database }) => database, cell: ({ database }) => database },
  {
    id: "state",
    header: "State",
    sortBy: ({ ledger }) => ledger?.origin ?? null,
    cell: ({ ledger }) => (ledger ? <Badge>{ledger.origin}</Badge> : <Badge severity="warning">pending</Badge>),
  },
  {
    id: "at",
    header: "When",
    sortBy: ({ ledger }) => ledger?.appliedAt ?? null,
    cell: ({ ledger }) => <Time at={ledger?.appliedAt ?? null} style="stamp" none="not yet" />,
  },
  { id: "by", header: "By", isWideOnly: true, cell: ({ ledger }) => ledger?.appliedBy ?? "nobody" },
  {
    id: "took",
    header: "Took",
    align: "end",
    isWideOnly: true,
    sortBy: ({ ledger }) => ledger?.durationMs ?? null,
    cell: ({ ledger }) => (ledger ? formatSeconds(ledger.durationMs / 1000) : "–"),
  },
];

export function MigrationsTable({ migrations }: { migrations: ListedMigration[] }) {
  return (
    <DataTable
      caption="Migrations of both databases, newest first"
      rows={migrations}
      columns={columns}
      rowId={({ database, label }) => `${database} ${label}`}
      rowHref={({ database, label }) => `/operations/migrations/${database.toLowerCase()}/${label}`}
      sortKey="migrations"
      empty={null}
    />
  );
}
