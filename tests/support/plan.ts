import type { Logger } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";

import type { PendingQuery, Row } from "postgres";

import { type ConsoleDatabase, type Database, openClient, type Sql } from "../../db/connections";
import * as consoleSchema from "../../db/console/schema";
import { type Environment, loginUrl } from "../../db/environment";
import * as schema from "../../db/schema";

type Node = {
  "Node Type": string;
  "Index Name"?: string;
  "Relation Name"?: string;
  "Actual Loops": number;
  Plans?: Node[];
};

export type Plan = { indexes: string[]; scannedWhole: string[]; nodes: Node[] };

/** The executed plan, as console_read, of the last statement that `read` sends. */
export async function explainLast(environment: Environment, read: (db: Database) => Promise<unknown>): Promise<Plan> {
  return explain(loginUrl(environment, "console_read"), (client, logger) => read(drizzle(client, { schema, logger })));
}

/** The same in the console's database, as console_app. */
export async function explainLastOfConsole(
  environment: Environment,
  read: (db: ConsoleDatabase) => Promise<unknown>,
): Promise<Plan> {
  return explain(loginUrl(environment, "console_app"), (client, logger) =>
    read(drizzle(client, { schema: consoleSchema, logger })),
  );
}

async function explain(url: string, read: (client: Sql, logger: Logger) => Promise<unknown>): Promise<Plan> {
  const sent: { query: string; params: unknown[] }[] = [];
  const open = () => openClient(url, { max: 1, applicationName: "tests" });
  const [forDrizzle, plain] = [open(), open()];
  try {
    await read(forDrizzle, { logQuery: (query, params) => void sent.push({ query, params }) });
    const last = sent.at(-1);
    if (!last) throw new Error("no statement was sent");
    const [row] = await plain.unsafe(`explain (analyze, format json) ${last.query}`, last.params as never[]);
    return readPlan(row?.["QUERY PLAN"][0].Plan);
  } finally {
    await Promise.all([forDrizzle.end(), plain.end()]);
  }
}

/** The executed plan of a query of postgres.js. */
export async function explainQuery<Found extends Row[]>(sql: Sql, query: PendingQuery<Found>): Promise<Plan> {
  const [row] = await sql`explain (analyze, format json) ${query}`;
  return readPlan(row?.["QUERY PLAN"][0].Plan);
}

function readPlan(root: Node): Plan {
  const nodes = flatten(root);
  return {
    nodes,
    indexes: nodes.flatMap((node) => node["Index Name"] ?? []),
    scannedWhole: nodes.flatMap((node) => (node["Node Type"] === "Seq Scan" ? (node["Relation Name"] ?? []) : [])),
  };
}

function flatten(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
