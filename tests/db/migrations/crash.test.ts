import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";

import { afterAll, expect, test } from "vitest";

import { openClient } from "../../../db/connections";
import { readLedger } from "../../../db/migrations/ledger";
import { migrateDown, migrateUp } from "../../../db/migrations/migrate";
import { readMigrations } from "../../../db/migrations/migration-files";
import { migrationSteps } from "../../../db/migrations/script-run";
import { createEmptyDatabase } from "../../support/databases";
import { onDatabase } from "../../support/on-database";
import { until } from "../../support/until";
import { trialFolder } from "./trial-migrations";

const isSoak = process.env.SOAK === "1";

/** A create, a write that must happen once, and another create; the way back likewise. */
const folder = trialFolder(
  [
    "parcels",
    "create table parcels (weight_grams integer);\ncreate table deeds (deed text);",
    "drop table deeds;\ndrop table parcels;",
  ],
  [
    "parcels_indexes",
    `-- transaction: none
create index concurrently parcels_light_idx on public.parcels (weight_grams) where weight_grams < 10;
insert into deeds values ('up');
create index concurrently parcels_heavy_idx on public.parcels (weight_grams) where weight_grams > 10;`,
    `-- transaction: none
drop index concurrently public.parcels_heavy_idx;
insert into deeds values ('down');
drop index concurrently public.parcels_light_idx;`,
  ],
);
const migrations = readMigrations(folder);
afterAll(() => rmSync(folder, { recursive: true }));

const steps = migrationSteps.flatMap((step) =>
  (step === "migration recorded" ? [0] : [1, 2, 3]).map((position) => ({ step, position })),
);
const deaths = (["up", "down"] as const).flatMap((side) => steps.map((each) => ({ ...each, side })));
// Each step dies in each run, at one statement; all of them under npm run soak.
const sample = deaths.filter(({ side, position, step }) => {
  if (isSoak) return true;
  if (side === "down") return step === "statement ended" && position !== 2;
  return position === [2, 3, 1, 0][migrationSteps.indexOf(step)];
});

function migrator(url: string, ...words: string[]) {
  return spawn(
    process.execPath,
    ["--import", "tsx", "tests/db/migrations/migrator-process.ts", url, folder, ...words],
    {
      stdio: "ignore",
    },
  );
}

const readState = (url: string) =>
  onDatabase(url, async (sql) => {
    const indexes = await sql`
      select relname as name, indisvalid as "isValid" from pg_index join pg_class on oid = indexrelid
      where indrelid = 'parcels'::regclass order by 1`;
    const deeds = await sql`select deed from deeds`;
    const marks = await sql`select from console_migrations.statements`;
    return {
      ledger: (await readLedger(sql)).map(({ name }) => name),
      indexes: indexes.map(({ name, isValid }) => `${name} ${isValid ? "valid" : "invalid"}`),
      deeds: deeds.map(({ deed }) => deed),
      marks: marks.length,
    };
  });

const above = {
  ledger: ["parcels", "parcels_indexes"],
  indexes: ["parcels_heavy_idx valid", "parcels_light_idx valid"],
  deeds: ["up"],
  marks: 0,
};
const below = { ledger: ["parcels"], indexes: [], deeds: ["up", "down"], marks: 0 };

const gone = (url: string) =>
  until(
    () =>
      onDatabase(url, async (sql) => {
        const left = await sql`
          select from pg_stat_activity
          where datname = current_database() and application_name = 'securyflex-console migrator'`;
        return left.length === 0;
      }),
    { withinSeconds: 20 },
  );

test.concurrent.each(sample)(
  "a migrator that dies on the way $side at $step of statement $position is gone on with there, each statement once",
  async ({ side, step, position }) => {
    const database = await createEmptyDatabase();
    try {
      if (side === "down") await migrateUp(database.url, migrations);
      else await migrateUp(database.url, migrations, { through: 1 });
      const [, signal] = await once(migrator(database.url, side, step, String(position)), "exit");
      expect(signal).toBe("SIGKILL");
      await gone(database.url);
      if (side === "up") {
        await migrateUp(database.url, migrations);
        expect(await readState(database.url)).toEqual(above);
      } else {
        const isRolledBack = step === "migration recorded";
        if (!isRolledBack) await migrateDown(database.url, migrations);
        expect(await readState(database.url)).toEqual(below);
      }
    } finally {
      await database.drop();
    }
  },
);

test("one that dies inside a build leaves an invalid index, which the next drops and builds", async () => {
  const database = await createEmptyDatabase();
  const holder = openClient(database.url, { max: 1, applicationName: "payroll" });
  try {
    await migrateUp(database.url, migrations, { through: 1 });
    const session = await holder.reserve();
    await session`begin`;
    await session`insert into parcels values (1)`;
    const child = migrator(database.url, "up");
    const died = once(child, "exit");
    await until(
      () => onDatabase(database.url, async (sql) => (await sql`select from pg_index where not indisvalid`).length),
      {
        withinSeconds: 20,
      },
    );
    child.kill("SIGKILL");
    await died;
    const lines: string[] = [];
    const going = migrateUp(database.url, migrations, { onLine: (line) => lines.push(line) });
    await until(() => lines.some((line) => line.includes("payroll")), { withinSeconds: 20 });
    await session`commit`;
    await going;
    session.release();
    expect(await readState(database.url)).toEqual(above);
  } finally {
    await holder.end({ timeout: 1 });
    await database.drop();
  }
});

test("a roll-back that was cut off is ended before anything is applied, and what was cut off half way up is not rolled back", async () => {
  const database = await createEmptyDatabase();
  try {
    await migrateUp(database.url, migrations);
    await once(migrator(database.url, "down", "statement recorded", "1"), "exit");
    const done = await migrateUp(database.url, migrations);
    expect(done.map(({ step }) => step)).toEqual(["rolled back", "applied"]);
    expect(await readState(database.url)).toEqual({ ...above, deeds: ["up", "down", "up"] });

    await migrateDown(database.url, migrations);
    await once(migrator(database.url, "up", "statement recorded", "1"), "exit");
    await expect(migrateDown(database.url, migrations)).rejects.toThrow("0002_parcels_indexes was cut off half way");
  } finally {
    await database.drop();
  }
});
