import { z } from "zod";

import { readPanel } from "../database/read-panel";
import { readServerProfile } from "../database/server-profile";
import { defineOperation, type Fact, OperationRefusal, type RunContext } from "../operation";
import { indexBloat } from "../panels/index-bloat";
import { tableBloat } from "../panels/table-bloat";
import { exactIndexBloat, exactTableBloat } from "../rules/database/exact-bloat";
import { type FoundRelation, findRelation } from "./find-relation";
import { describeBytes, sizeClass } from "./find-table";
import { readWatched } from "./watch-statement";

/** Of a measurement nobody has to wait. */
const mostBlockedSessions = 0;

export const measureBloat = defineOperation({
  id: "measure-bloat",
  title: "Measure bloat",
  purpose: "Reads a table or a btree index page by page, and says what of it its rows need.",
  risk: "low",
  permission: "database.measure",
  changes: "securyflex",
  input: z.object({ relation: z.string().trim().min(1).max(130) }),
  fields: [{ name: "relation", label: "Table or index", hint: "As schema.name, for example public.gps_checkins." }],
  plan: async (context, { relation: name }) => {
    const relation = await findRelation(context, name);
    const { sqlName, sizeBytes, toast, measuredBy } = relation;
    return {
      target: sqlName,
      exclusiveKey: "measure-bloat",
      summary: `Reads all of ${sqlName}, about ${describeBytes(sizeBytes)}${toast ? `, and its TOAST, ${describeBytes(toast.sizeBytes)}` : ""}.`,
      consequences: [
        "What is not cached is read from the disk; one measurement runs at a time.",
        "Reads and writes go on. Where a command wants the table for itself, the measurement is cancelled so that nobody waits.",
      ],
      refusals: refusalsOf(relation),
      statements: measuredBy ? statementsFor(relation, measuredBy) : [],
      basis: { oid: relation.oid, sizeClass: sizeClass(sizeBytes + (toast?.sizeBytes ?? 0)) },
    };
  },
  run: async (context, plan) => {
    const relation = await findRelation(context, plan.target);
    const estimate = await describeEstimate(context, relation);
    const startedAt = performance.now();
    const counted: Record<string, unknown>[] = [];
    for (const statement of plan.statements) counted.push(await count(context, statement));
    const tookSeconds = (performance.now() - startedAt) / 1000;
    const { ratio, facts } = relation.kind === "index" ? tellIndex(counted, relation) : tellTable(counted, relation);
    const share = percent(ratio);
    return {
      summary: `${plan.target} is bloated by ${share}, as counted in ${tookSeconds.toFixed(1)} s.`,
      proof: [{ label: bloatLabel, before: estimate, after: share }, ...facts],
    };
  },
  undo: undefined,
  timeoutSeconds: 1_800,
});

/** The fact of a run's proof that holds what was measured. */
export const bloatLabel = "Bloat";

function refusalsOf({ sqlName, kind, accessMethod, isLocked, measuredBy, mayMeasure }: FoundRelation): string[] {
  return [
    ...(kind === "partitioned" ? [`${sqlName} has no pages of its own: measure its partitions.`] : []),
    ...(kind === "index" && accessMethod !== "btree"
      ? [`${sqlName} is a ${accessMethod} index; only btrees can be measured.`]
      : []),
    ...(measuredBy === null
      ? ["The extension pgstattuple is not in this database: a superuser runs create extension pgstattuple."]
      : mayMeasure
        ? []
        : ["console_admin may not call pgstattuple: a superuser runs grant pg_stat_scan_tables to console_admin."]),
    ...(isLocked ? [`Somebody has ${sqlName} for themselves alone, or waits to. Try again when they are done.`] : []),
  ];
}

function statementsFor({ sqlName, kind, toast }: FoundRelation, schema: string): string[] {
  const count = (call: string, relation: string) =>
    `set local lock_timeout = '500ms'; select * from ${schema}.${call}(${relation}::regclass)`;
  const named = `'${sqlName.replaceAll("'", "''")}'`;
  if (kind === "index") return [count("pgstatindex", named)];
  return [named, ...(toast ? [toast.oid] : [])].map((relation) => count("pgstattuple", String(relation)));
}

async function count(context: RunContext, statement: string): Promise<Record<string, unknown>> {
  try {
    const [row] = await readWatched(context, statement, mostBlockedSessions);
    return row ?? {};
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "55P03")
      throw new OperationRefusal("It was not measured: somebody took the table for themselves alone. Try again later.");
    throw error;
  }
}

const notCounted = "not counted";
const number = (value: unknown) => Number(value);

function tellTable([table = {}, toast]: Record<string, unknown>[], { pageBytes, fillRatio }: FoundRelation) {
  const sizeBytes = number(table.table_len);
  const live = { liveTuples: number(table.tuple_count), liveBytes: number(table.tuple_len) };
  const part = (bytes: unknown) => `${describeBytes(number(bytes))}, ${percent(number(bytes) / (sizeBytes || 1))}`;
  const facts: Fact[] = [
    { label: "Size", before: notCounted, after: describeBytes(sizeBytes) },
    { label: "Live rows", before: notCounted, after: `${live.liveTuples}, ${part(live.liveBytes)}` },
    {
      label: "Dead rows",
      before: notCounted,
      after: `${number(table.dead_tuple_count)}, ${part(table.dead_tuple_len)}`,
    },
    { label: "Free", before: notCounted, after: part(table.free_space) },
    ...(toast
      ? [
          {
            label: "TOAST",
            before: notCounted,
            after: `${describeBytes(number(toast.table_len))}, dead or free ${percent((number(toast.dead_tuple_len) + number(toast.free_space)) / (number(toast.table_len) || 1))}`,
          },
        ]
      : []),
  ];
  return { ratio: exactTableBloat({ pages: sizeBytes / pageBytes, ...live }, { pageBytes, fillRatio }), facts };
}

function tellIndex([index = {}]: Record<string, unknown>[], { fillRatio }: FoundRelation) {
  const [leafPages, internalPages] = [number(index.leaf_pages), number(index.internal_pages)];
  const [emptyPages, deletedPages] = [number(index.empty_pages), number(index.deleted_pages)];
  const leafDensityRatio = leafPages === 0 ? 0 : number(index.avg_leaf_density) / 100;
  const pages = 1 + leafPages + internalPages + emptyPages + deletedPages;
  return {
    ratio: exactIndexBloat({ pages, leafPages, leafDensityRatio, internalPages }, { fillRatio }),
    facts: [
      { label: "Size", before: notCounted, after: describeBytes(number(index.index_size)) },
      { label: "Leaf pages", before: notCounted, after: `${leafPages}, full by ${percent(leafDensityRatio)}` },
      { label: "Empty or deleted pages", before: notCounted, after: String(emptyPages + deletedPages) },
    ],
  };
}

/** What the panel of the estimates says of it now. */
async function describeEstimate({ securyflex }: RunContext, { kind, sqlName }: FoundRelation): Promise<string> {
  const [panel, key] = kind === "index" ? [indexBloat, "index"] : [tableBloat, "table"];
  const reading = await readPanel(securyflex, panel, await readServerProfile(securyflex), 10_000);
  const row = reading.state === "read" ? reading.rows.find((one) => one[key] === sqlName) : undefined;
  if (typeof row?.bloatRatio !== "number" || typeof row.errorRatio !== "number") return "no estimate";
  return `estimated ${percent(row.bloatRatio)} ± ${percent(row.errorRatio)}`;
}

function percent(ratio: number): string {
  return `${(100 * ratio).toFixed(1)} %`;
}
