import { consoleDatabase, securyflex } from "../../db/connections";
import { listStaff } from "../../db/console/staff";
import { unreadableReason } from "../../db/database/unreadable-reason";
import { EnvironmentError, loginUrl, readEnvironment } from "../../db/environment";
import { readFeatures } from "../../db/features/read-features";
import { readPending } from "../../db/migrations/pending";
import { StartRefused } from "./explain-failure.server";

/**
 * Says what the databases that the environment names lack, a line each; changes nothing in them.
 * Throws StartRefused where the console's own is not ready to serve.
 */
export async function checkDatabases(say: (line: string) => void): Promise<void> {
  const environment = readEnvironment();
  const own = hostOf(loginUrl(environment, "console_app"));
  const lacking = await readPending(environment, "console_app").catch((error) => {
    if (error instanceof EnvironmentError) throw error;
    throw new StartRefused(
      `The console did not start: its own database at ${own} is not ready. ${unreadableReason(error)} Run npm run db:migrate, which creates and migrates it, and start again.`,
    );
  });
  if (lacking) throw new StartRefused(`The console did not start. ${lacking}`);
  const pending = await readPending(environment, "console_read").catch(
    (error) =>
      `SecuryFlex at ${hostOf(loginUrl(environment, "console_read"))} cannot be read. ${unreadableReason(error)}`,
  );
  if (pending) say(`! ${pending}`);
  for (const { title, state, sentence, remedy } of await readFeatures(securyflex("console_read"))) {
    if (state === "available") continue;
    say(`! ${title}: ${state}. ${sentence}`);
    if (remedy) say(`    ${remedy.replaceAll("\n", "\n    ")}`);
  }
  if ((await listStaff(consoleDatabase())).length === 0) {
    say(
      '! Nobody can sign in. Make the first account: npm run staff -- add you@example.nl --name "Your Name" --role admin',
    );
  }
}

function hostOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
