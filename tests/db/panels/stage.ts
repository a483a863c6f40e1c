import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";

import { openClient, type Sql } from "../../../db/connections";
import { type PanelReading, readPanel } from "../../../db/database/read-panel";
import { readServerProfile } from "../../../db/database/server-profile";
import { projectDirectory } from "../../../db/environment";
import type { Panel, PanelRow } from "../../../db/panel";
import * as schema from "../../../db/schema";
import { hearAnswer } from "./story";

/**
 * Who reads: `reader` as the console's migrations make console_read; `monitor` is a plain member of pg_monitor without
 * a right to any table; `stranger` has no right but to connect.
 */
export type Viewer = "reader" | "monitor" | "stranger";

export type Stage = {
  /** A superuser's connection to the stage's database. */
  owner: Sql;
  url: string;
  /** Another connection of the superuser, ended with the stage. */
  connect: (applicationName?: string) => Sql;
  /** The pool of a viewer, as the console opens it. */
  database: (viewer: Viewer) => PostgresJsDatabase<typeof schema>;
  reading: (panel: Panel, viewer?: Viewer) => Promise<PanelReading>;
  /** Rows of a panel; throws with the sentence where it cannot be read. */
  rows: (panel: Panel, viewer?: Viewer) => Promise<PanelRow[]>;
  close: () => Promise<void>;
};

const settings = [
  "default_transaction_read_only = on",
  "statement_timeout = '5s'",
  "lock_timeout = '500ms'",
  "jit = off",
];

/** An empty database on a server, with one login for each viewer. */
export async function openStage(serverUrl: string): Promise<Stage> {
  const mark = randomBytes(5).toString("hex");
  const name = `stage_${mark}`;
  const password = randomBytes(12).toString("hex");
  const server = openClient(serverUrl, { max: 1, applicationName: "tests" });
  await server.unsafe(`create database ${name}`);
  const logins = { reader: `reader_${mark}`, monitor: `monitor_${mark}`, stranger: `stranger_${mark}` };
  for (const [viewer, login] of Object.entries(logins)) {
    await server.unsafe(`create role ${login} login password '${password}'`);
    for (const setting of settings) await server.unsafe(`alter role ${login} set ${setting}`);
    if (viewer !== "stranger") await server.unsafe(`grant pg_monitor to ${login}`);
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const clients: Sql[] = [];
  const connect = (applicationName = "tests") => {
    const client = openClient(url.href, { max: 1, applicationName });
    clients.push(client);
    return client;
  };
  const owner = connect();
  await owner.unsafe(`
    alter default privileges grant select on tables to ${logins.reader};
    alter default privileges grant select on sequences to ${logins.reader};
    grant create on schema public to public`);
  const columnWidths = readFileSync(join(projectDirectory, "migrations/0071_ops_column_widths.up.sql"), "utf8");
  await owner.unsafe(columnWidths.replaceAll(/console_(read|admin)/g, logins.reader));

  const databases = new Map<Viewer, PostgresJsDatabase<typeof schema>>();
  const database = (viewer: Viewer) => {
    const opened = databases.get(viewer);
    if (opened) return opened;
    const address = new URL(url);
    address.username = logins[viewer];
    address.password = password;
    const client = openClient(address.href, { max: 1, applicationName: "ops console" });
    clients.push(client);
    const made = drizzle(client, { schema });
    databases.set(viewer, made);
    return made;
  };
  const reading = async (panel: Panel, viewer: Viewer = "reader") => {
    const db = database(viewer);
    const answer = await readPanel(db, panel, await readServerProfile(db));
    if (viewer === "reader") hearAnswer(panel, answer);
    return answer;
  };
  return {
    owner,
    url: url.href,
    connect,
    database,
    reading,
    rows: async (panel, viewer) => {
      const read = await reading(panel, viewer);
      if (read.state === "unreadable") throw new Error(`${panel.id}: ${read.sentence}`);
      return read.rows;
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.end({ timeout: 1 })));
      await server.unsafe(`drop database if exists ${name} with (force)`);
      for (const login of Object.values(logins)) await server.unsafe(`drop role ${login}`);
      await server.end();
    },
  };
}
