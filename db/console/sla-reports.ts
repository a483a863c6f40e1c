import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";

import { reportKinds } from "../rules/sla/report/report-kind";
import { operationRuns } from "./operations";

const instant = (name: string) => timestamp(name, { withTimezone: true });

/** What clients were told of a period. The serving login may add one and say where it was filed; nothing else changes. */
export const slaReports = pgTable(
  "sla_reports",
  {
    id: uuid("id").primaryKey(),
    runId: uuid("run_id")
      .notNull()
      .references(() => operationRuns.id),
    clientId: bigint("client_id", { mode: "number" }).notNull(),
    /** As it was when it was made. */
    clientName: text("client_name").notNull(),
    kind: text("kind", { enum: reportKinds }).notNull(),
    /** Local dates of the starts, both included. */
    fromOn: date("from_on").notNull(),
    untilOn: date("until_on").notNull(),
    definition: smallint("definition").notNull(),
    /** It rests on what was frozen by then: facts that are frozen later are frozen after it. */
    factsAsOf: instant("facts_as_of").notNull(),
    /** Of the first report of the same client and period. */
    firstAsOf: instant("first_as_of").notNull(),
    unfrozenShifts: integer("unfrozen_shifts").notNull(),
    /** The period is over and each of its shifts is frozen. */
    isFinal: boolean("is_final").notNull(),
    /** Whether it leaves the console by the ways that are set. */
    isSent: boolean("is_sent").notNull(),
    /** JSON of db/rules/sla/report/report.ts, to the byte. */
    document: text("document").notNull(),
    /** sha256 of the document, hex. */
    digest: text("digest").notNull(),
    sizeBytes: integer("size_bytes").notNull(),
    madeAt: instant("made_at").notNull().defaultNow(),
    filedAt: instant("filed_at"),
    fileName: text("file_name"),
    /** Why it could not be filed last; null where nothing went wrong. */
    filingFailure: text("filing_failure"),
  },
  (table) => [
    index("sla_reports_client_id_from_on_idx").on(table.clientId, table.fromOn),
    index("sla_reports_facts_as_of_idx").on(table.factsAsOf),
    index("sla_reports_made_at_idx").on(table.madeAt),
    check("valid_kind", sql`${table.kind} in ('weekly', 'monthly', 'other')`),
    check("valid_digest", sql`${table.digest} ~ '^[0-9a-f]{64}$'`),
    check("valid_period", sql`${table.fromOn} <= ${table.untilOn}`),
    check("first_comes_first", sql`${table.firstAsOf} <= ${table.factsAsOf}`),
    check("final_has_all", sql`not ${table.isFinal} or ${table.unfrozenShifts} = 0`),
    check("filed_has_name", sql`(${table.filedAt} is null) = (${table.fileName} is null)`),
  ],
);

export type SlaReport = typeof slaReports.$inferSelect;
