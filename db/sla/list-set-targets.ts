import { desc, eq, isNull, or } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import { staff } from "../console/schema";
import { slaTargets } from "../console/sla-targets";

const mostTargets = 200;

/** What was ever set, the latest date first: of all, or of one client with the standards of the house. At most 200. */
export async function listSetTargets(db: ConsoleDatabase, { clientId }: { clientId?: number }) {
  const { id, metric, ratio, targetSeconds, validFrom, reason, setAt } = slaTargets;
  return db
    .select({
      ...{ id, metric, ratio, targetSeconds, validFrom, reason, setAt, clientId: slaTargets.clientId },
      /** Null: came with the console. */
      setBy: staff.fullName,
    })
    .from(slaTargets)
    .leftJoin(staff, eq(staff.id, slaTargets.setBy))
    .where(clientId === undefined ? undefined : or(isNull(slaTargets.clientId), eq(slaTargets.clientId, clientId)))
    .orderBy(desc(validFrom), desc(id))
    .limit(mostTargets);
}
