import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { rooms } from "../../app/auth/rooms";
import { projectDirectory } from "../../db/environment";
import { listBannedNames, listLongFiles, listRawSql, listUnfinished, listWeakTests } from "./house-rules";
import { listImports, projectPaths, readSources } from "./source-files";

const code = readSources(/^(app|db|tests)\/.*\.(tsx?|mjs)$/);
const product = readSources(/^(app|db)\/.*\.(tsx?|mjs)$/);
const tests = readSources(/^tests\/(app|db|e2e|support)\/.*\.tsx?$/);
const docs = readSources(/^(README|CHANGELOG|docs\/.*)\.md$/);
const ruleFiles = /^tests\/source\/house-rules/;

/** Reviewed by hand: scripts of the migrations, names of roles and databases, settings. */
const reviewedRawSql: string[] = JSON.parse(
  readFileSync(join(projectDirectory, "tests/source/reviewed-raw-sql.json"), "utf8"),
);

test("no file grows past its limit", () => {
  expect(listLongFiles(code)).toEqual([]);
  expect(listLongFiles(new Map([["db/a.ts", "x\n".repeat(251)]]))).toHaveLength(1);
  expect(listLongFiles(new Map([["tests/a.ts", "x\n".repeat(400)]]))).toEqual([]);
});

test("no file or folder hides behind an empty name", () => {
  expect(listBannedNames(projectPaths())).toEqual([]);
  expect(listBannedNames(["app/utils/a.ts", "db/lib/b.ts", "app/live/map-helper.ts", "app/live/map.ts"])).toHaveLength(
    3,
  );
});

test("SQL that goes past the parameters stands only in reviewed files", () => {
  expect(listRawSql(product).sort()).toEqual(reviewedRawSql);
  expect(listRawSql(new Map([["db/x.ts", "sql.raw(text)"]]))).toEqual(["db/x.ts"]);
});

test("nothing is left unfinished", () => {
  const judged = new Map([...code].filter(([path]) => !ruleFiles.test(path)));
  expect(listUnfinished(judged)).toEqual([]);
  expect(listUnfinished(new Map([["db/x.ts", "a\n// TODO later"]]))).toEqual(["db/x.ts:2"]);
});

test("no test sleeps, is skipped, or is tried again until it passes", () => {
  expect(listWeakTests(tests)).toEqual([]);
  expect(listWeakTests(new Map([["tests/x.ts", "await page.waitForTimeout(500)"]]))).toEqual(["tests/x.ts"]);
});

test("a room is one word: its folder in app/, its door, its path", () => {
  for (const { id, path } of rooms) {
    expect(path).toBe(`/${id}`);
    expect(projectPaths().some((file) => file.startsWith(`app/routes/_console.${id}.`))).toBe(true);
  }
});

test("paths and commands that the documents name are there", () => {
  expect(docs.size).toBeGreaterThan(3);
  const { scripts } = JSON.parse(readFileSync(join(projectDirectory, "package.json"), "utf8"));
  const broken = [...docs].flatMap(([doc, text]) => [
    ...[...text.matchAll(/`((?:app|db|tests|docs|migrations|public)\/[\w./$-]*)`/g)]
      .filter(([, path]) => !existsSync(join(projectDirectory, path as string)))
      .map(([, path]) => `${doc}: ${path}`),
    ...[...text.matchAll(/npm (?:run )?(start|test|[\w:]+(?=[ `\n]))/g)]
      .filter(([, name]) => !["ci", "install", ...Object.keys(scripts)].includes(name as string))
      .map(([, name]) => `${doc}: npm run ${name}`),
  ]);
  expect(broken).toEqual([]);
});

test("each runtime dependency has its reason, and each dependency is used", () => {
  const { dependencies, devDependencies, scripts } = JSON.parse(
    readFileSync(join(projectDirectory, "package.json"), "utf8"),
  );
  const decision = readFileSync(join(projectDirectory, "docs/decisions/dependencies.md"), "utf8");
  expect(Object.keys(dependencies).filter((name) => !decision.includes(`\`${name}\``))).toEqual([]);

  const everything = readSources(/\.(tsx?|mjs|js|css|json)$/);
  everything.delete("package.json");
  everything.delete("package-lock.json");
  const imported = new Set(
    [...everything]
      .flatMap(([path, text]) => (/\.(tsx?|mjs|js)$/.test(path) ? listImports(path, text) : []))
      .map(({ to }) => to),
  );
  const mentions = [...everything.values(), JSON.stringify(scripts)].join("\n");
  const unused = Object.keys({ ...dependencies, ...devDependencies })
    .filter((name) => !name.startsWith("@types/"))
    .filter((name) => ![...imported].some((to) => to === name || to.startsWith(`${name}/`)))
    .filter((name) => !mentions.includes(name) && !isProgram(name, scripts));
  expect(unused).toEqual([]);
});

/** Programs that the commands call by another name than the package's. */
function isProgram(name: string, scripts: Record<string, string>): boolean {
  const programs: Record<string, RegExp> = { "@biomejs/biome": /biome/, "@remix-run/dev": /remix/, typescript: /tsc/ };
  return programs[name]?.test(JSON.stringify(scripts)) ?? false;
}

test("the console reads no clock in its pure rules", () => {
  const rules = readSources(/^(db\/rules\/.*|(app|db)\/(live|shifts|sla)\/[^/]*)\.ts$/);
  const pure = [...rules].filter(
    ([path, text]) => !path.includes(".server.") && !/from "(drizzle|postgres)/.test(text),
  );
  expect(pure.filter(([, text]) => /Date\.now\(\)|new Date\(\)/.test(text)).map(([path]) => path)).toEqual([]);
});
