import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { projectDirectory } from "../../db/environment";
import { unpackedRoot } from "../../db/local/cluster";
import { listPostgres } from "../../db/local/postgres-installation";

const execute = promisify(execFile);
const [installation] = listPostgres(unpackedRoot(join(projectDirectory, ".local")));

/** What pg_dump says of every object of a database but the ledger of the migrations. Holds no data and no roles. */
export async function dumpSchema(url: string): Promise<string> {
  const { stdout } = await execute(
    installation ? join(installation.bin, "pg_dump") : "pg_dump",
    ["--schema-only", "--exclude-schema=console_migrations", url],
    { env: { ...process.env, ...installation?.variables }, maxBuffer: 32 * 1024 * 1024 },
  );
  return stdout.replace(/^\\(un)?restrict .*$/gm, "");
}
