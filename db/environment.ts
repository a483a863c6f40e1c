import { hkdfSync } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { z } from "zod";

/** The folder of package.json; the same from the sources and from the build, which bundles this file elsewhere. */
export const projectDirectory = folderOf("package.json", import.meta.dirname);

/** What belongs to this machine alone: the private server, its data and the settings that `npm start` makes. */
export const localDirectory = resolve(projectDirectory, process.env.LOCAL_DIRECTORY || ".local");
export const localEnvironmentFile = join(localDirectory, "environment.json");

/** The logins of the console, each a role of PostgreSQL. Owners migrate; the others serve. */
export type Login = "owner" | "console_read" | "console_ops" | "console_admin" | "console_owner" | "console_app";

const variables = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    CONSOLE_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    DATABASE_READ_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    DATABASE_OPS_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    DATABASE_ADMIN_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    CONSOLE_APP_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    DATABASE_BACKUP_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    CONSOLE_SECRET: z.string().min(32).optional(),
    WEBHOOK_URL: z.string().refine(isReceiver).optional(),
    WEBHOOK_SECRET: z.string().min(32).optional(),
  })
  .refine(({ WEBHOOK_URL, WEBHOOK_SECRET }) => !WEBHOOK_URL || WEBHOOK_SECRET, { path: ["WEBHOOK_SECRET"] });

export type Environment = z.infer<typeof variables>;

const demands: Record<string, string> = {
  CONSOLE_SECRET: "needs 32 characters or more",
  WEBHOOK_URL: "needs https, or http on this machine, and no account in it",
  WEBHOOK_SECRET: "needs 32 characters or more wherever WEBHOOK_URL is set",
};

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

function isReceiver(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  const isSafe = protocol === "https:" || (protocol === "http:" && loopback.test(hostname));
  return isSafe && username === "" && password === "";
}

function folderOf(file: string, start: string): string {
  let folder = start;
  while (!existsSync(join(folder, file)) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** A setting is missing or malformed. The message is a sentence for whoever starts the console. */
export class EnvironmentError extends Error {}

/**
 * The variables of the process; where DATABASE_URL is absent, those of the local server that `npm start`
 * keeps in `.local/environment.json`. Throws EnvironmentError naming each malformed variable, never its value.
 */
export function readEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const hasOwnDatabase = present.DATABASE_URL !== undefined || present.DATABASE_READ_URL !== undefined;
  const local =
    !hasOwnDatabase && existsSync(localEnvironmentFile) ? JSON.parse(readFileSync(localEnvironmentFile, "utf8")) : {};
  const parsed = variables.safeParse({ ...local, ...present });
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
  const rules = names.map((name) => `${name} ${demands[name] ?? "is not a postgres:// address"}`);
  throw new EnvironmentError(`The console did not start: ${rules.join("; ")}. See .env.example.`);
}

/**
 * Key derived from CONSOLE_SECRET for one purpose, hex, 32 bytes.
 * Throws EnvironmentError without CONSOLE_SECRET.
 */
export function deriveSecret(environment: Environment, purpose: string): string {
  if (!environment.CONSOLE_SECRET) {
    throw new EnvironmentError("CONSOLE_SECRET is not set. Give the console one secret of 32 characters or more.");
  }
  return Buffer.from(hkdfSync("sha256", environment.CONSOLE_SECRET, "securyflex-ops-console", purpose, 32)).toString(
    "hex",
  );
}

const explicitUrl: Record<Login, keyof Environment> = {
  owner: "DATABASE_URL",
  console_read: "DATABASE_READ_URL",
  console_ops: "DATABASE_OPS_URL",
  console_admin: "DATABASE_ADMIN_URL",
  console_owner: "CONSOLE_DATABASE_URL",
  console_app: "CONSOLE_APP_URL",
};

/**
 * Address of one login. Without a variable of its own it is made from DATABASE_URL: the console's database is
 * `<name>_console` on the same server, and the password of a serving login is derived from CONSOLE_SECRET.
 * Throws EnvironmentError when neither is there.
 */
export function loginUrl(environment: Environment, login: Login): string {
  const explicit = environment[explicitUrl[login]];
  if (explicit) return explicit;
  const isConsole = login === "console_owner" || login === "console_app";
  const base = isConsole ? (environment.CONSOLE_DATABASE_URL ?? environment.DATABASE_URL) : environment.DATABASE_URL;
  if (!base) throw new EnvironmentError(`No database is named: set DATABASE_URL, or ${explicitUrl[login]}.`);
  const url = new URL(base);
  if (isConsole && !environment.CONSOLE_DATABASE_URL) url.pathname = `${url.pathname}_console`;
  if (login !== "console_owner") {
    url.username = login;
    url.password = deriveSecret(environment, `login:${login}`);
  }
  return url.href;
}
