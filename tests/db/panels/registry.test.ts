import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient, type Sql } from "../../../db/connections";
import { readPanel } from "../../../db/database/read-panel";
import { readServerProfile, type ServerProfile } from "../../../db/database/server-profile";
import { loginUrl, projectDirectory } from "../../../db/environment";
import { findOperation } from "../../../db/operations/index";
import { actOf } from "../../../db/panel";
import { panels } from "../../../db/panels";
import * as schema from "../../../db/schema";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { listStories } from "./story";

let databases: TestDatabases;
let client: Sql;
let db: PostgresJsDatabase<typeof schema>;
let server: ServerProfile;

beforeAll(async () => {
  databases = await cloneDatabases();
  client = openClient(loginUrl(databases.environment, "console_read"), { max: 1, applicationName: "tests" });
  db = drizzle(client, { schema });
  server = await readServerProfile(db);
});
afterAll(async () => {
  await client.end();
  await databases.drop();
});

test("each panel is a file of its name, and each file is in the list", () => {
  const files = readdirSync(join(projectDirectory, "db/panels")).filter((name) => name !== "index.ts");
  expect(panels.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
});

test.each(panels.map((panel) => [panel.id, panel] as const))(
  "%s judges what it shows, and says where from",
  (_, panel) => {
    const { columns, key, threshold, history, finding, source } = panel;
    const act = actOf(panel, Object.fromEntries(Object.keys(columns).map((name) => [name, "a"])));
    const offered = act ? findOperation(act.operation)?.fields.map(({ name }) => name) : [];
    expect(offered).toEqual(expect.arrayContaining(Object.keys(act?.fields ?? {})));
    const names = Object.keys(columns);
    expect(names).toEqual(expect.arrayContaining([...key, ...(history?.columns ?? [])]));
    expect(URL.canParse(source)).toBe(true);
    expect(Boolean(finding)).toBe(Boolean(threshold));
    if (!threshold) return;
    expect(names).toContain(threshold.column);
    expect(threshold.source).toMatch(/^https:|\.$/);
    const { critical, warning, worseWhen } = threshold;
    if (critical !== null) expect(worseWhen === "above" ? critical >= warning : critical <= warning).toBe(true);
  },
);

test.each(panels.map((panel) => [panel.id, panel] as const))(
  "%s returns exactly the columns it promises",
  async (_, panel) => {
    const reading = await readPanel(db, panel, server);
    if (reading.state === "unreadable") {
      expect(reading.sentence).toMatch(/^(Extension missing|Not offered by this server)/);
      return;
    }
    const sent = await db.transaction((transaction) => transaction.execute(panel.sql(server)), {
      accessMode: "read only",
    });
    expect(sent.columns.map(({ name }) => name)).toEqual(Object.keys(panel.columns));
  },
);

test("each panel has a test that tells its story: test(sentence, storyOf(panel, tell)) in tests/db/panels", () => {
  const folder = join(projectDirectory, "tests/db/panels");
  const files = readdirSync(folder).filter((name) => name.endsWith(".test.ts"));
  const told = new Set(files.flatMap((name) => listStories(readFileSync(join(folder, name), "utf8"))));
  const withoutStory = panels.map(({ id }) => id).filter((id) => !told.has(id));
  expect(withoutStory, "Panels without a story").toEqual([]);
});

test("a panel that a test file only reads has no story there", () => {
  const reads = 'import { example } from "../../../db/panels/example";\nawait stage.rows(example);';
  expect(listStories(reads)).toEqual([]);
  expect(listStories(`${reads}\ntest("it fails", storyOf(example, async () => {}));`)).toEqual(["example"]);
});

test("no panel asks for a limit, an order is the last word", () => {
  for (const { id } of panels) {
    const text = readFileSync(join(projectDirectory, `db/panels/${id}.ts`), "utf8");
    expect(text, id).toMatch(/order by/);
  }
});
