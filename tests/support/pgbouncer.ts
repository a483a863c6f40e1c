import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";

import { projectDirectory } from "../../db/environment";
import { freePort } from "../../db/local/free-port";
import { giveTo, serverAccount } from "../../db/local/server-account";
import { findPgbouncer } from "../../db/local/test-tools.mjs";
import { until } from "./until";

export type Pooler = {
  /** The same database with the same login, through the pooler. */
  through: (url: string) => string;
  close: () => Promise<void>;
};

/** PgBouncer with the settings of docker-compose.yml in front of the server at `serverUrl`, a superuser's address. */
export async function openPooler(serverUrl: string): Promise<Pooler> {
  const program = findPgbouncer();
  if (!program) throw new Error('The machine has no PgBouncer. Run "node db/local/install.mjs --tests".');
  const server = new URL(serverUrl);
  const port = await freePort();
  const account = serverAccount();
  const folder = mkdtempSync("/var/tmp/console-pooler-");
  giveTo(account, folder);
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    giveTo(account, join(folder, name));
  };
  write("userlist.txt", `"${server.username}" "${decodeURIComponent(server.password)}"\n`);
  write("pgbouncer.ini", settings({ server, port, folder }));
  chmodSync(folder, 0o700);

  const child = spawn(program, [join(folder, "pgbouncer.ini")], { ...account, cwd: "/", stdio: "ignore" });
  const ended = once(child, "exit");
  await until(() => answers(port), { withinSeconds: 10 });
  return {
    through: (url) => {
      const pooled = new URL(url);
      pooled.host = `127.0.0.1:${port}`;
      return pooled.href;
    },
    close: async () => {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

function settings({ server, port, folder }: { server: URL; port: number; folder: string }): string {
  const text = readFileSync(join(projectDirectory, "db/local/pgbouncer.ini"), "utf8");
  const changed = {
    "\\* =": `* = host=${server.hostname} port=${server.port}`,
    "listen_addr =": "listen_addr = 127.0.0.1",
    "listen_port =": `listen_port = ${port}`,
    "auth_file =": `auth_file = ${join(folder, "userlist.txt")}`,
  };
  return Object.entries(changed).reduce(
    (all, [start, line]) => all.replace(new RegExp(`^${start}.*$`, "m"), line),
    text,
  );
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.on("connect", () => socket.destroy());
    socket.on("error", () => resolve(false));
  });
}
