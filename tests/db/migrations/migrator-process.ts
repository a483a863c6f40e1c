import { migrateDown, migrateUp } from "../../../db/migrations/migrate";
import { readMigrations } from "../../../db/migrations/migration-files";

/** Migrates a database one way, and is killed at one step of one statement (0: of the migration). */
const [url = "", directory = "", side = "up", step = "", position = "0"] = process.argv.slice(2);
const onStep = (reached: string, { statement }: { statement: { position: number } | undefined }) => {
  if (reached === step && (statement?.position ?? 0) === Number(position)) process.kill(process.pid, "SIGKILL");
};
if (side === "up") await migrateUp(url, readMigrations(directory), { onStep });
else await migrateDown(url, readMigrations(directory), { onStep });
