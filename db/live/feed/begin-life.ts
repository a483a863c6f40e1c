import { sql } from "drizzle-orm";

import type { Database } from "../../connections";
import { opsFeed } from "../../schema";

/**
 * Writes the row that a crash, a restore or a failover took away: cursors from before it are not continued. Does
 * nothing where it is there. Needs console_ops.
 */
export async function beginLife(db: Database): Promise<void> {
  await db.insert(opsFeed).values({ life: sql`gen_random_uuid()` }).onConflictDoNothing();
}
