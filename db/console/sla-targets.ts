import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  date,
  doublePrecision,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

import { definitions, type MetricId } from "../rules/sla/definitions";
import { staff } from "./schema";

const metrics = definitions.map(({ id }) => id) as [MetricId, ...MetricId[]];

/** Targets by client and the local date from which they hold. The serving login may add one; none ever changes. */
export const slaTargets = pgTable(
  "sla_targets",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** Null: the standard of the house, for each client without its own. */
    clientId: bigint("client_id", { mode: "number" }),
    metric: text("metric", { enum: metrics }).notNull(),
    /** From 0 to 1: the least share, or the largest where lower is better; of durations, the least share in time. */
    ratio: doublePrecision("ratio").notNull(),
    /** The longest duration in time; null where the metric is a share. */
    targetSeconds: integer("target_seconds"),
    validFrom: date("valid_from").notNull(),
    /** Null: came with the console. */
    setBy: uuid("set_by").references(() => staff.id),
    reason: text("reason").notNull(),
    setAt: timestamp("set_at", { withTimezone: true }).notNull().defaultNow(),
    /** Of the operation that set it. */
    runId: uuid("run_id"),
  },
  (table) => [
    index("sla_targets_client_id_idx").on(table.clientId, table.metric, table.validFrom),
    index("sla_targets_set_by_idx").on(table.setBy),
    uniqueIndex("sla_targets_standard_idx").on(table.metric).where(sql`set_by is null`),
    unique("target_of_one_run").on(table.runId),
    check(
      "valid_metric",
      sql`${table.metric} in ('fill-rate', 'on-time', 'no-show', 'coverage', 'in-geofence', 'cancelled', 'fill', 'late', 'acknowledge', 'on-scene', 'refill', 'arrive')`,
    ),
    check("valid_ratio", sql`${table.ratio} between 0 and 1`),
    check("valid_target_seconds", sql`${table.targetSeconds} > 0`),
    check("valid_reason", sql`char_length(btrim(${table.reason})) between 1 and 500`),
    check(
      "durations_have_seconds",
      sql`(${table.metric} in ('fill', 'late', 'acknowledge', 'on-scene', 'refill', 'arrive')) = (${table.targetSeconds} is not null)`,
    ),
    check("clients_have_setter", sql`${table.clientId} is null or ${table.setBy} is not null`),
    check(
      "past_stands",
      sql`${table.setBy} is null or ${table.validFrom} >= (${table.setAt} at time zone 'Europe/Amsterdam')::date`,
    ),
  ],
);
