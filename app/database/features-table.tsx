import { Badge, type Severity } from "~/ui/badge";
import { type Column, DataTable } from "~/ui/table";
import { Age } from "~/ui/time";
import type { FeatureState } from "../../db/features/feature";
import type { DatabaseRead } from "./read-database.server";

type Feature = NonNullable<DatabaseRead["features"]>[number];

const severities: Record<FeatureState, Severity> = {
  missing: "warning",
  unknown: "unknown",
  limited: "notice",
  available: "ok",
};

const columns: Column<Feature>[] = [
  {
    id: "title",
    header: "Feature",
    cell: ({ title, needs }) => (
      <div className="w-64 whitespace-normal">
        <p className="font-medium">{title}</p>
        <p className="text-xs text-muted">needs {needs}</p>
      </div>
    ),
  },
  { id: "state", header: "State", cell: ({ state }) => <Badge severity={severities[state]}>{state}</Badge> },
  {
    id: "sentence",
    header: "What is there, and the way out",
    isFilling: true,
    cell: ({ purpose, sentence, remedy }) => (
      <>
        <p>{sentence}</p>
        <p className="text-xs text-muted">{purpose}</p>
        {remedy && (
          <pre className="mt-1 overflow-x-auto rounded-md bg-sunken px-2 py-1.5 font-mono text-xs">{remedy}</pre>
        )}
      </>
    ),
  },
  {
    id: "since",
    header: "Since",
    isWideOnly: true,
    cell: ({ since }) => <Age at={since} none="not recorded yet" />,
  },
];

/** What of the console this database permits, worst first. */
export function FeaturesTable({ features }: { features: Feature[] }) {
  return (
    <DataTable
      caption="Features of the database, worst first"
      rows={features}
      columns={columns}
      rowId={({ id }) => id}
      empty={null}
    />
  );
}
