import { hostname } from "node:os";

import type { Sql } from "../connections";

/** Says that this instance lives. Returns the database's clock, by which all instances schedule. */
export async function reportAlive(sql: Sql, instanceId: string): Promise<Date> {
  const [row] = await sql<{ asOf: Date }[]>`
    insert into worker_instances (id, host, pid) values (${instanceId}, ${hostname()}, ${process.pid})
    on conflict (id) do update set last_seen_at = now()
    returning now() as "asOf"`;
  return (row as { asOf: Date }).asOf;
}

/** Says goodbye, so that nobody waits for the silence of this instance. */
export async function reportStopped(sql: Sql, instanceId: string): Promise<void> {
  await sql`update worker_instances set stopped_at = now(), last_seen_at = now() where id = ${instanceId}`;
}
