import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";

import * as consoleSchema from "./console/schema";
import { type Login, loginUrl, readEnvironment } from "./environment";
import { guardClosedConnections } from "./guard-closed-connections";
import * as schema from "./schema";

export type Database = PostgresJsDatabase<typeof schema>;
export type ConsoleDatabase = PostgresJsDatabase<typeof consoleSchema>;
export type Sql = postgres.Sql;

/** Most connections one process opens with each login. */
export const poolSizes: Record<Login, number> = {
  owner: 1,
  console_read: 6,
  console_ops: 4,
  console_admin: 2,
  console_owner: 1,
  console_app: 6,
};

type Pools = Map<string, { client: Sql; database: unknown }>;

// One registry a process: the front server and the Remix build each load this module.
const registry = globalThis as { consolePools?: Pools };
registry.consolePools ??= new Map();
const pools = registry.consolePools;

/**
 * A statement without parameters keeps its connection to itself, as those with parameters do anyway. PgBouncer gives the
 * server to another client at the end of an answer; the first part of a next statement that is on its way by then is
 * lost, and its client waits for ever. postgres.js has the option for its own transactions, not in its types.
 */
const alone = { onexecute: () => false };

function withoutPipelining(client: Sql): Sql {
  const { unsafe } = client;
  return Object.assign(client, {
    unsafe: ((text, values, options) => unsafe(text, values, { ...alone, ...options })) as Sql["unsafe"],
  });
}

/**
 * A postgres.js client that works behind PgBouncer in transaction mode: no prepared statements, no session state.
 * After an outage it tries again each second.
 * Never hand a client to drizzle and to raw queries both; drizzle changes its date and json parsers.
 */
export function openClient(
  url: string,
  {
    max,
    applicationName,
    idleSeconds = 60,
    onWarning,
    onClose,
  }: {
    max: number;
    applicationName: string;
    /** A connection that is not used for so long is closed. */
    idleSeconds?: number;
    onWarning?: (message: string) => void;
    /** Called for each connection that was closed, by whichever side. */
    onClose?: () => void;
  },
): Sql {
  let closedCount = 0;
  const client = postgres(url, {
    max,
    prepare: false,
    connect_timeout: 5,
    idle_timeout: idleSeconds,
    backoff: () => 1,
    connection: { application_name: applicationName },
    onclose: () => {
      closedCount += 1;
      onClose?.();
    },
    onnotice: ({ severity, message }) => {
      if (severity === "WARNING" && message) onWarning?.(message);
    },
  });
  return guardClosedConnections(withoutPipelining(client), { max, countClosed: () => closedCount });
}

function pool(login: Login, kind: "drizzle" | "panels" | "tiles" = "drizzle", max = poolSizes[login]) {
  const key = `${login}:${kind}`;
  let opened = pools.get(key);
  if (!opened) {
    const client = openClient(loginUrl(readEnvironment(), login), {
      max,
      applicationName: `securyflex-console ${login}`,
    });
    const tables = login === "console_app" || login === "console_owner" ? consoleSchema : schema;
    opened = { client, database: kind === "tiles" ? undefined : drizzle(client, { schema: tables }) };
    pools.set(key, opened);
  }
  return opened;
}

/** SecuryFlex through one login. Opens its pool at the first query. */
export function securyflex(login: "console_read" | "console_ops" | "console_admin"): Database {
  return pool(login).database as Database;
}

/** SecuryFlex as console_read for the database room: two connections, apart from those of the map. */
export function watchedDatabase(): Database {
  return pool("console_read", "panels", 2).database as Database;
}

/**
 * SecuryFlex as console_read for queries that are cancelled when nobody waits for them any more, such as tiles. A pool
 * of its own, so that a storm of tiles leaves the pages theirs.
 */
export function securyflexTiles(): Sql {
  return pool("console_read", "tiles").client;
}

/** The console's own database, as the login that serves requests. */
export function consoleDatabase(): ConsoleDatabase {
  return pool("console_app").database as ConsoleDatabase;
}

/** Ends every pool of this process; queries under way get `timeoutSeconds`. */
export async function closeConnections(timeoutSeconds = 5): Promise<void> {
  const open = [...pools.values()];
  pools.clear();
  await Promise.all(open.map(({ client }) => client.end({ timeout: timeoutSeconds })));
}
