import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

import { readStartSettings } from "../../app/http/start-settings.server";
import { projectDirectory, readEnvironment } from "../../db/environment";
import { preloadedLibraries } from "../../db/local/postgres-settings";
import { listVariablesOfCode } from "./environment-names";
import { readSources } from "./source-files";

const read = (path: string) => readFileSync(join(projectDirectory, path), "utf8");

const service = z.object({
  image: z.string().optional(),
  build: z.object({ context: z.string(), target: z.string() }).optional(),
  command: z.union([z.string(), z.array(z.string())]).optional(),
  environment: z.record(z.string(), z.coerce.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.string() }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  profiles: z.array(z.string()).optional(),
});
const text = read("docker-compose.yml");
const { services } = z.object({ services: z.record(z.string(), service) }).parse(parse(text, { merge: true }));
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read("package.json")));
const dockerfile = read("Dockerfile");

const commandOf = (name: string) => [services[name]?.command ?? []].flat().join(" ");

test("compose brings up database, migration, console and worker, and PgBouncer where it is asked for", () => {
  const always = Object.entries(services).filter(([, { profiles }]) => profiles === undefined);
  expect(always.map(([name]) => name).sort()).toEqual(["console", "database", "migrate", "worker"]);
  expect(services.pgbouncer?.profiles).toEqual(["pgbouncer"]);
});

test("the database preloads what a private server preloads", () => {
  expect(commandOf("database")).toContain(`shared_preload_libraries=${preloadedLibraries.join(",")}`);
  expect(commandOf("database")).toContain("wal_level=logical");
});

test("every port is of loopback alone", () => {
  const ports = Object.values(services).flatMap((one) => one.ports);
  expect(ports.length).toBeGreaterThan(1);
  for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
});

test("no password is in the file: each comes from the environment, or compose refuses", () => {
  expect(text).toMatch(/\$\{POSTGRES_PASSWORD:\?.+\}/);
  expect(text).toMatch(/\$\{CONSOLE_SECRET:\?.+\}/);
  for (const [, password] of text.matchAll(/postgres:\/\/\w+:([^@]*)@/g))
    expect(password).toMatch(/^\$\{POSTGRES_PASSWORD\}$/);
});

test("the console knows no owner's password, the worker for backups alone, and both wait for the migration", () => {
  for (const name of ["console", "worker"]) {
    const { DATABASE_BACKUP_URL, ...environment } = services[name]?.environment ?? {};
    expect(environment.DATABASE_URL).not.toContain("@");
    expect(JSON.stringify(environment)).not.toContain("POSTGRES_PASSWORD");
    expect(DATABASE_BACKUP_URL !== undefined).toBe(name === "worker");
    expect(services[name]?.depends_on).toEqual({ migrate: { condition: "service_completed_successfully" } });
  }
});

test("the worker writes backups to a volume of their own, by pg_dump of the server's version", () => {
  const [, major] = /^postgis\/postgis:(\d+)-/.exec(services.database?.image ?? "") ?? [];
  expect(dockerfile).toContain(`postgresql-client-${major}`);
  const directory = services.worker?.environment.BACKUP_DIRECTORY as string;
  expect(services.worker?.volumes).toEqual([`backups:${directory}`]);
  expect(dockerfile).toContain(`install -d -o node -g node ${directory}`);
  expect(parse(text).volumes).toHaveProperty("backups");
});

test("each variable that a service of the console is given is one that the code reads", () => {
  const known = listVariablesOfCode(readSources(/^(app|db)\/.*\.(tsx?|mjs)$/));
  for (const name of ["migrate", "console", "worker"]) {
    for (const variable of Object.keys(services[name]?.environment ?? {})) expect(known).toContain(variable);
  }
});

test("the settings of the console are ones that it accepts", () => {
  const filled = { CONSOLE_SECRET: "x".repeat(32), DATABASE_URL: "postgres://database:5432/securyflex" };
  const source = { ...services.console?.environment, ...filled, CONSOLE_ORIGIN: "" };
  expect(readStartSettings(source as never)).toMatchObject({ host: "0.0.0.0", port: 3000, isWorkerOn: false });
  expect(readEnvironment(source as never).DATABASE_URL).toBe(filled.DATABASE_URL);
});

test("each command is one of package.json, or a file that is there", () => {
  for (const name of ["migrate", "worker"]) {
    const script = /^npm run (\S+)$/.exec(commandOf(name))?.[1] ?? "";
    expect(scripts[script], name).toBeDefined();
  }
  for (const [, file] of dockerfile.matchAll(/"([\w./-]+\.ts)"/g))
    expect(existsSync(join(projectDirectory, file as string))).toBe(true);
  for (const [, script] of dockerfile.matchAll(/npm run (\S+)/g)) expect(scripts[script as string]).toBeDefined();
  for (const [, file] of dockerfile.matchAll(/^COPY (?!--)(\S+\/\S+) /gm))
    expect(existsSync(join(projectDirectory, file as string))).toBe(true);
});

test("each stage that compose builds is in the Dockerfile, on Node 24, and does not run as root", () => {
  const stages = [...dockerfile.matchAll(/^FROM (\S+) AS (\S+)$/gm)].map(([, image, name]) => ({ image, name }));
  for (const { build } of Object.values(services)) {
    if (build) expect(stages.map(({ name }) => name)).toContain(build.target);
  }
  expect(stages.find(({ name }) => name === "console")?.image).toMatch(/^node:24-/);
  for (const stage of dockerfile.split(/^FROM /m).slice(2)) expect(stage).toMatch(/^USER (?!root)/m);
});

test("database, console and PgBouncer say whether they are well", () => {
  for (const name of ["database", "console", "pgbouncer"]) expect(services[name]?.healthcheck).toBeDefined();
});
