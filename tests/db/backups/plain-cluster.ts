import { execFileSync } from "node:child_process";
import { appendFileSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { drizzle } from "drizzle-orm/postgres-js";
import { openClient } from "../../../db/connections";
import { localDirectory } from "../../../db/environment";
import { unpackedRoot } from "../../../db/local/cluster";
import { freePort } from "../../../db/local/free-port";
import { listPostgres } from "../../../db/local/postgres-installation";
import { serverAccount } from "../../../db/local/server-account";
import * as schema from "../../../db/schema";

/** A bare PostgreSQL that archives its WAL by pgBackRest, which finds its settings by the environment. */
export async function openPlainCluster() {
  const home = mkdtempSync(join(tmpdir(), "pgbackrest-"));
  const [installation] = listPostgres(unpackedRoot(localDirectory));
  if (!installation) throw new Error("The machine has no PostgreSQL with PostGIS.");
  const { uid, gid } = serverAccount();
  const port = await freePort();
  const data = join(home, "data");
  const folders = ["repo", "log", "spool", "lock", "socket"].map((name) => join(home, name));
  for (const folder of folders) mkdirSync(folder);
  const config = join(home, "pgbackrest.conf");
  writeFileSync(
    config,
    `[global]
repo1-path=${home}/repo
repo1-retention-full=2
log-path=${home}/log
spool-path=${home}/spool
lock-path=${home}/lock
start-fast=y
[main]
pg1-path=${data}
pg1-port=${port}
pg1-socket-path=${home}/socket
pg1-user=postgres
`,
  );
  if (uid !== undefined && gid !== undefined) for (const path of [home, ...folders, config]) chownSync(path, uid, gid);
  const account = { uid, gid, cwd: home, env: { ...process.env, PGBACKREST_CONFIG: config } };
  const run = (program: string, ...words: string[]) =>
    execFileSync(join(installation.bin, program), words, { ...account, stdio: "ignore" });
  run("initdb", "-D", data, "-U", "postgres", "-A", "trust");
  appendFileSync(
    join(data, "postgresql.conf"),
    `port = ${port}
listen_addresses = '127.0.0.1'
unix_socket_directories = '${home}/socket'
archive_mode = on
archive_command = 'pgbackrest --config=${config} --stanza=main archive-push %p'
`,
  );
  run("pg_ctl", "-D", data, "-w", "-l", join(home, "start.log"), "start");
  const sql = openClient(`postgres://postgres@127.0.0.1:${port}/postgres`, { max: 1, applicationName: "tests" });
  const before = process.env.PGBACKREST_CONFIG;
  process.env.PGBACKREST_CONFIG = config;
  return {
    sql,
    db: drizzle(sql, { schema }),
    account,
    close: async () => {
      if (before === undefined) delete process.env.PGBACKREST_CONFIG;
      else process.env.PGBACKREST_CONFIG = before;
      await sql.end({ timeout: 2 });
      run("pg_ctl", "-D", data, "-m", "immediate", "stop");
      rmSync(home, { recursive: true, force: true });
    },
  };
}
