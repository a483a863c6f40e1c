import { createHash } from "node:crypto";

import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connections";
import { defineOperation, OperationRefusal, type RunContext } from "../operation";
import { dropLeftovers, lookForIndex } from "./find-index";
import { describeBytes, describeOldTransactions, findTable, refusalsOf, sizeClass } from "./find-table";
import { callsToProve, proofWaitSeconds, proveOnStatement, readStatementCost } from "./statement-proof";
import { executeWatched } from "./watch-statement";

const methods = ["btree", "brin", "gist", "gin", "hash"] as const;
const longestName = 63;

const columnList = z
  .string()
  .max(400)
  .transform((text) => text.split(",").map((column) => column.trim()))
  .pipe(z.array(z.string().min(1).max(longestName)).min(1).max(8));

export const createIndexConcurrently = defineOperation({
  id: "create-index-concurrently",
  title: "Create an index",
  purpose: "Builds an index while the table is read and written.",
  risk: "medium",
  permission: "database.index",
  changes: "securyflex",
  input: z.object({
    table: z.string().trim().min(1).max(130),
    columns: columnList.or(z.array(z.string())),
    include: columnList.or(z.array(z.string())).optional(),
    method: z.enum(methods).default("btree"),
    statement: z
      .string()
      .regex(/^-?\d{1,19}$/)
      .optional(),
  }),
  fields: [
    { name: "table", label: "Table", hint: "As schema.table, for example public.gps_checkins." },
    { name: "columns", label: "Columns", hint: "In the order of the index, with commas: those of equality first." },
    {
      name: "include",
      label: "Included columns",
      hint: "Carried along, not searched. May be empty.",
      isOptional: true,
    },
    { name: "method", label: "Method", hint: `${methods.join(", ")}. Empty is btree.`, isOptional: true },
    {
      name: "statement",
      label: "Statement",
      hint: "Id of the statement that it is for, which is measured before and after. May be empty.",
      isOptional: true,
    },
  ],
  plan: async ({ securyflex }, { table: name, columns, include = [], method, statement }) => {
    const table = await findTable(securyflex, name);
    const shape = await readColumns(securyflex, table.oid, [...columns, ...include]);
    const indexName = nameOf(table.name.slice(table.schema.length + 1), columns);
    const target = `${table.schema}.${indexName}`;
    const list = (names: string[]) => names.map((column) => shape.get(column)?.sqlName).join(", ");
    const standing = await lookForIndex(securyflex, target);
    const old = await describeOldTransactions(securyflex, 60);
    const tail = include.length > 0 ? ` include (${list(include)})` : "";
    const quoted = await quote(securyflex, indexName);
    return {
      target,
      exclusiveKey: `relation:${table.oid}`,
      summary: `Builds ${target} by ${method} over ${columns.join(", ")}: reads ${table.name} twice, about ${describeBytes(table.sizeBytes)}.`,
      consequences: [
        "Takes a SHARE UPDATE EXCLUSIVE lock: reads and writes go on; vacuum, other builds and DDL of the table wait.",
        "Each write of the table keeps one more index from then on.",
        "It waits for every transaction that is older than the build; where more than 5 sessions wait for it, it is cancelled.",
        ...old.map((who) => `It will wait for ${who}.`),
        ...(statement
          ? [
              `Afterwards up to ${callsToProve} calls of statement ${statement} are waited for, ${proofWaitSeconds} s at most: what they take is the proof.`,
            ]
          : []),
        ...(standing && !standing.isValid
          ? ["An unfinished build left an invalid index of this name; it is dropped first."]
          : []),
      ],
      refusals: [
        ...refusalsOf(table),
        ...(table.isPartitioned
          ? [
              `${table.name} is partitioned, and PostgreSQL builds nothing on it concurrently: build the index on each partition here, then let a migration create it on ${table.name}, which takes the parts over.`,
            ]
          : []),
        ...(standing?.isValid ? [`There is an index ${target} already: ${standing.definition}.`] : []),
      ],
      statements: [`create index concurrently ${quoted} on ${table.sqlName} using ${method} (${list(columns)})${tail}`],
      basis: {
        oid: table.oid,
        sizeClass: sizeClass(table.sizeBytes),
        columns: [...shape.values()].map(({ name, type }) => `${name} ${type}`).join(", "),
      },
    };
  },
  settle: async (context, plan) => {
    const standing = await lookForIndex(context.securyflex, plan.target);
    if (standing?.isValid) return built(context, plan.target);
    await clear(context, plan);
    return undefined;
  },
  run: async (context, plan, { statement }) => {
    await clear(context, plan);
    const before = statement && (await readStatementCost(context.securyflex, statement));
    try {
      await executeWatched(context, plan.statements[0] as string);
    } catch (error) {
      await clear(context, plan);
      throw error;
    }
    const outcome = await built(context, plan.target);
    if (!statement || !before) return outcome;
    return { ...outcome, proof: [...outcome.proof, ...(await proveOnStatement(context, statement, before))] };
  },
  undo: "Drop the index; see the operation of that name.",
  timeoutSeconds: 6 * 3_600,
});

const clear = (context: RunContext, plan: { target: string; basis: Record<string, unknown> }) =>
  dropLeftovers(context, plan.basis.oid as number, (name) => plan.target.endsWith(`.${name}`));

async function built(context: RunContext, target: string) {
  const index = await lookForIndex(context.securyflex, target);
  if (!index?.isValid) throw new OperationRefusal(`${target} was not built: the server left it invalid.`);
  return {
    summary: `${target} was built and is valid.`,
    proof: [
      { label: "Index", before: "none", after: index.definition },
      { label: "Size", before: "0 B", after: describeBytes(index.sizeBytes) },
    ],
  };
}

async function readColumns(db: Database, tableOid: number, wanted: string[]) {
  const rows = await db.execute<{ name: string; sqlName: string; type: string }>(sql`
    select attname as name, format('%I', attname) as "sqlName", format_type(atttypid, atttypmod) as type
    from pg_attribute where attrelid = ${tableOid} and attnum > 0 and not attisdropped order by attnum`);
  const known = new Map([...rows].map((row) => [row.name, row]));
  const stranger = wanted.find((column) => !known.has(column));
  if (stranger)
    throw new OperationRefusal(`The table has no column ${stranger}. It has ${[...known.keys()].join(", ")}.`);
  return new Map([...known].filter(([name]) => wanted.includes(name)));
}

async function quote(db: Database, name: string): Promise<string> {
  const [row] = await db.execute<{ quoted: string }>(sql`select format('%I', ${name}::text) as quoted`);
  return row?.quoted as string;
}

/** `<table>_<columns>_idx`, shortened by a hash where PostgreSQL would cut it. */
function nameOf(table: string, columns: string[]): string {
  const whole = `${table}_${columns.join("_")}_idx`;
  if (Buffer.byteLength(whole) <= longestName) return whole;
  const mark = createHash("sha256").update(whole).digest("hex").slice(0, 8);
  return `${Buffer.from(whole)
    .subarray(0, 45)
    .toString("utf8")
    .replace(/\uFFFD/g, "")}_${mark}_idx`;
}
