import { sql } from "drizzle-orm";
import { boolean, check, customType, pgTable, uuid } from "drizzle-orm/pg-core";

/** The number of a transaction, which never wraps around; as text, because it is wider than a JavaScript integer. */
export const xid8 = customType<{ data: string }>({ dataType: () => "xid8" });

/**
 * The one row that says which life of the database the numbers of transactions belong to, and up to which of them
 * `ops_outbox` was pruned. The table is unlogged, for which Drizzle has no word: a crash, a restore and a failover
 * leave it empty.
 */
export const opsFeed = pgTable(
  "ops_feed",
  {
    isOnly: boolean("is_only").primaryKey().default(true),
    life: uuid("life").notNull().defaultRandom(),
    prunedXid: xid8("pruned_xid").notNull().default("0"),
  },
  (table) => [check("only_one", sql`${table.isOnly}`)],
);
