import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";

import { readServerProfile } from "../../../db/database/server-profile";
import { projectDirectory } from "../../../db/environment";
import { panels } from "../../../db/panels";
import { majors, startVersion, type VersionServer } from "../../support/version-matrix";
import { openStage, type Stage, type Viewer } from "./stage";

const servers: VersionServer[] = [];
const stages = new Map<number, Stage>();

beforeAll(async () => {
  servers.push(...(await Promise.all(majors.filter((major) => major !== 15).map((major) => startVersion(major)))));
  for (const { major, url } of [{ major: 15, url: inject("serverUrl") }, ...servers]) {
    const stage = await openStage(url);
    stages.set(major, stage);
    await stage.owner.unsafe(`
      create extension if not exists pg_stat_statements;
      create table guards (id integer generated always as identity primary key, name text, is_active boolean);
      create table rounds (id bigserial primary key, guard_id integer references guards, note text);
      create index on rounds (note);
      create index on rounds (note);
      insert into guards (name, is_active) select 'guard ' || n, n % 2 = 0 from generate_series(1, 500) as n;
      insert into rounds (guard_id, note) select n, 'round ' || n from generate_series(1, 500) as n;
      analyze`);
  }
});
afterAll(async () => {
  for (const stage of stages.values()) await stage.close();
  await Promise.all(servers.map(({ stop }) => stop()));
});

function stageOf(major: number): Stage {
  return stages.get(major) as Stage;
}

/** What a panel may say in place of rows: a missing right, extension or version, and nothing else. */
const honest = /^(Not permitted: needs pg_\w+|Extension missing: \w+|Not offered by this server: needs PostgreSQL \d+)/;

/** Columns of every statistics view that panels read, as one version has them: `view.column`, one a line. */
function contractOf(major: number): string[] {
  const file = join(projectDirectory, `tests/db/panels/columns/${major}.txt`);
  return readFileSync(file, "utf8").trim().split("\n");
}

function viewsOf(columns: string[]): string[] {
  return [...new Set(columns.map((column) => column.split(".")[0] as string))];
}

test("the contract holds every view that a panel reads", () => {
  const read = ["db/panels", "db/database"].flatMap((folder) =>
    readdirSync(join(projectDirectory, folder)).flatMap((name) => [
      ...readFileSync(join(projectDirectory, folder, name), "utf8").matchAll(
        /\b(?:from|join)\s+(?:\$\{schema\}\.)?(pg_(?:stat|locks|replication_slots|prepared_xacts|settings|sequences)\w*)(?!\w|\()/g,
      ),
    ]),
  );
  const views = new Set(read.map(([, view]) => view as string));
  const kept = new Set(majors.flatMap((major) => viewsOf(contractOf(major))));
  expect([...views].filter((view) => !kept.has(view))).toEqual([]);
  expect([...kept].filter((view) => !views.has(view))).toEqual([]);
});

describe.each(majors)("PostgreSQL %d", (major) => {
  test("is the server that answers", async () => {
    const profile = await readServerProfile(stageOf(major).database("reader"));
    expect(Math.floor(profile.versionNumber / 10_000)).toBe(major);
  });

  test("has in each view exactly the columns that the panels were written for", async () => {
    const contract = contractOf(major);
    const columns = await stageOf(major).owner<{ name: string }[]>`
      select relname || '.' || attname as name
      from pg_attribute join pg_class on pg_class.oid = attrelid
      where relkind = 'v' and attnum > 0 and not attisdropped and relname in ${stageOf(major).owner(viewsOf(contract))}
      order by relname collate "C", attname collate "C"`;
    expect(columns.map(({ name }) => name)).toEqual(contract);
  });

  test.each<Viewer>(["reader", "monitor", "stranger"])(
    "each panel returns exactly the columns it promises to the %s, or says why not",
    async (viewer) => {
      const db = stageOf(major).database(viewer);
      const server = await readServerProfile(db);
      for (const panel of panels) {
        const reading = await stageOf(major).reading(panel, viewer);
        if (reading.state === "unreadable") {
          expect(`${panel.id}: ${reading.sentence}`).toMatch(new RegExp(`^${panel.id}: ${honest.source.slice(1)}`));
          continue;
        }
        const sent = await db.transaction((transaction) => transaction.execute(panel.sql(server)), {
          accessMode: "read only",
        });
        expect(
          sent.columns.map(({ name }) => name),
          panel.id,
        ).toEqual(Object.keys(panel.columns));
        const subjects = reading.rows.map((row) => panel.key.map((column) => row[column]).join(" · "));
        expect(new Set(subjects).size, `${panel.id} names two rows alike`).toBe(subjects.length);
      }
    },
  );

  test("the console's login is refused nothing", async () => {
    for (const panel of panels) {
      const reading = await stageOf(major).reading(panel);
      if (reading.state === "unreadable") expect(reading.sentence, panel.id).toMatch(/^Not offered by this server/);
    }
  });
});
