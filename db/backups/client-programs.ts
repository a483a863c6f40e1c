import { execFileSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { localDirectory } from "../environment";
import { unpackedRoot } from "../local/cluster";
import { listProgramFolders } from "../local/postgres-installation";
import { OperationRefusal } from "../operation";

export type ClientPrograms = { bin: string; major: number; variables: Record<string, string> };

/**
 * pg_dump and pg_restore of the server's major version, else of the next newer one that this machine has. Throws
 * OperationRefusal with the way out where there is none.
 */
export function findClientPrograms(serverMajor: number): ClientPrograms {
  return chooseClient(listClients(), serverMajor);
}

/** An older pg_dump refuses a newer server; a newer one writes what an older server may not restore. */
export function chooseClient(clients: readonly ClientPrograms[], serverMajor: number): ClientPrograms {
  const fitting = clients.filter(({ major }) => major >= serverMajor).sort((one, other) => one.major - other.major);
  if (fitting[0]) return fitting[0];
  const found = [...new Set(clients.map(({ major }) => major))].join(", ") || "none";
  throw new OperationRefusal(
    `The server is PostgreSQL ${serverMajor}, and pg_dump and pg_restore of this machine are of version ${found}. Install postgresql-client-${serverMajor} or newer where the worker runs.`,
  );
}

function listClients(): ClientPrograms[] {
  return listProgramFolders(unpackedRoot(localDirectory)).flatMap(({ bin, variables }) => {
    if (!["pg_dump", "pg_restore"].every((program) => existsSync(join(bin, program)))) return [];
    // Debian's wrapper chooses a version by itself; what it chooses from is in the list.
    if (realpathSync(join(bin, "pg_dump")).endsWith("pg_wrapper")) return [];
    try {
      const env = { ...process.env, ...variables };
      const text = execFileSync(join(bin, "pg_restore"), ["--version"], { encoding: "utf8", env, timeout: 5_000 });
      const major = Number.parseInt(/(\d+)(\.\d+)?/.exec(text)?.[0] ?? "", 10);
      return Number.isNaN(major) ? [] : [{ bin, major, variables }];
    } catch {
      return [];
    }
  });
}
