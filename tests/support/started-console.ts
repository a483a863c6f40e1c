import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** Variables that would lead a start to something of the machine's owner. */
const foreign = /^(DATABASE_|CONSOLE_|LOCAL_DIRECTORY$|PORT$|HOST$|SIMULATOR$|SEED_SIZE$|WORKER$|TRUSTED_|npm_|DEBUG$)/;

export type StartedConsole = {
  child: ChildProcess;
  url: string;
  /** The password of all sign-ins that it printed. */
  password: string;
  /** Emails that it printed, by role. */
  emails: Record<string, string>;
  output: () => string;
};

/**
 * Runs a start command, such as `npm start`, in a process group of its own and waits for the address that it prints.
 * Throws with its output where it ends before, or takes longer than `withinSeconds`.
 */
export async function startCommand(
  program: string,
  args: string[],
  { cwd, variables, withinSeconds }: { cwd: string; variables: Record<string, string>; withinSeconds: number },
): Promise<StartedConsole> {
  const { child, output } = runCommand(program, args, { cwd, variables });
  const ready = new Promise<void>((resolve) => {
    child.stdout?.on("data", () => /^Ctrl-C stops it\.$/m.test(output()) && resolve());
  });
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), withinSeconds * 1000);
  try {
    const reason = await Promise.race([
      ready.then(() => undefined),
      once(child, "exit").then(([code]) => `ended with code ${code}`),
      once(late.signal, "abort").then(() => `said nothing for ${withinSeconds} s`),
    ]);
    if (reason) throw new Error(`The console ${reason}:\n${output()}`);
  } finally {
    clearTimeout(timer);
  }
  const emails = [...output().matchAll(/^ {2}(\w+)\s+(\S+@\S+)$/gm)].map(([, role, email]) => [role, email]);
  return {
    child,
    output,
    url: /^The console is at (\S+)$/m.exec(output())?.[1] ?? "",
    password: /^ {2}password (\S+)$/m.exec(output())?.[1] ?? "",
    emails: Object.fromEntries(emails),
  };
}

/** Starts a command in a process group of its own and keeps what it prints. */
export function runCommand(
  program: string,
  args: string[],
  { cwd, variables }: { cwd: string; variables: Record<string, string> },
) {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  const child = spawn(program, args, {
    cwd,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...inherited,
      BACKUP_SCHEDULE: "off",
      NODE_ENV: undefined,
      VITEST: undefined,
      ...variables,
    } as unknown as NodeJS.ProcessEnv,
  });
  // A run of tests that is broken off takes it along.
  const takeAlong = () => child.pid && child.exitCode === null && process.kill(-child.pid, "SIGTERM");
  process.on("exit", takeAlong);
  child.once("exit", () => process.off("exit", takeAlong));
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  return { child, output: () => text };
}
