import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { localDirectory, projectDirectory } from "../../db/environment";

/** Databases and secret of the console of the browser tests. Throws where it is one that somebody else started. */
export function environmentOfConsole(): Record<string, string> {
  const file = join(localDirectory, "e2e", "environment.json");
  if (!existsSync(file)) throw new Error("A second console needs the databases of the first: unset CONSOLE_URL.");
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
}

/**
 * Another server on the databases of the browser tests, with settings of its own; the sessions of the first hold here.
 * Throws where the tests look at a console that somebody else started.
 */
export async function startSecondConsole(
  variables: Record<string, string>,
): Promise<{ url: string; close: () => Promise<void> }> {
  const child = fork(join(projectDirectory, "tests/support/console-process.ts"), {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, NODE_ENV: "production", ...environmentOfConsole(), ...variables },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const [message] = await once(child, "message");
  return {
    url: (message as { url: string }).url,
    close: async () => {
      const ended = once(child, "exit");
      child.send("close");
      await ended;
    },
  };
}
