import { openClient } from "../../../../db/connections";
import { loginUrl } from "../../../../db/environment";
import { bloatLabel } from "../../../../db/operations/measure-bloat";
import { listNewestProofs } from "../../../../db/operations/runs/list-runs";
import { until } from "../../../support/until";
import type { ShiftStage } from "../shift-stage";
import type { DeathCase } from "./death-case";

let madeCount = 0;

async function makeTable({ owner }: ShiftStage): Promise<string> {
  madeCount += 1;
  const name = `crates_${madeCount}`;
  await owner`create table ${owner(name)} (id integer primary key, weight_grams integer)`;
  await owner`alter table ${owner(name)} owner to console_admin`;
  await owner`insert into ${owner(name)} select number, number from generate_series(1, 500) as number`;
  return name;
}

async function makeIndex(stage: ShiftStage) {
  const table = await makeTable(stage);
  const index = `${table}_weight_idx`;
  await stage.owner`create index ${stage.owner(index)} on ${stage.owner(table)} (weight_grams)`;
  const read = async () => {
    const [row] = await stage.owner<{ oid: number; isValid: boolean }[]>`
      select indexrelid::integer as oid, indisvalid as "isValid" from pg_index where indexrelid = to_regclass(${index})`;
    return row;
  };
  return { name: `public.${index}`, read, oid: (await read())?.oid };
}

/** Its statistics would not outlive a crash of the server; the catalog does. */
const countCounted = (stage: ShiftStage, table: string) => async () =>
  (await stage.owner`select from pg_class where oid = ${table}::regclass and reltuples >= 0`).length;

/** A client whose statement sleeps. */
async function fallAsleep({ environment, owner }: ShiftStage) {
  const client = openClient(loginUrl(environment, "console_ops"), { max: 1, applicationName: "product" });
  await client`set statement_timeout = 0`;
  const [row] = await client<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const pid = row?.pid as number;
  let cancelledCount = 0;
  client`select pg_sleep(300)`.catch(({ code }: { code: string }) => {
    if (code === "57014") cancelledCount += 1;
  });
  await until(
    async () => (await owner`select from pg_stat_activity where pid = ${pid} and wait_event = 'PgSleep'`).length,
  );
  return {
    input: { pid },
    countCancelled: async () => cancelledCount,
    countEnded: async () => 1 - (await owner`select from pg_stat_activity where pid = ${pid}`).length,
  };
}

/** Operations of the server's upkeep. */
export const databaseDeaths: Record<string, DeathCase> = {
  "analyze-table": {
    executes: true,
    prepare: async (stage) => {
      const table = await makeTable(stage);
      return { input: { table }, countDone: countCounted(stage, table) };
    },
  },
  "vacuum-table": {
    executes: true,
    prepare: async (stage) => {
      const table = await makeTable(stage);
      return { input: { table }, countDone: countCounted(stage, table) };
    },
  },
  "measure-bloat": {
    executes: true,
    prepare: async (stage) => {
      const relation = await makeTable(stage).then((name) => `public.${name}`);
      const countDone = async () =>
        (await listNewestProofs(stage.console, "measure-bloat", bloatLabel)).filter(({ target }) => target === relation)
          .length;
      return { input: { relation }, countDone };
    },
  },
  "cancel-query": {
    prepare: async (stage) => {
      const { input, countCancelled } = await fallAsleep(stage);
      return { input, countDone: countCancelled };
    },
  },
  "terminate-backend": {
    prepare: async (stage) => {
      const { input, countEnded } = await fallAsleep(stage);
      return { input, countDone: countEnded };
    },
  },
  "create-index-concurrently": {
    executes: true,
    prepare: async (stage) => {
      const table = await makeTable(stage);
      const countDone = async () =>
        (
          await stage.owner`
            select from pg_index where indrelid = ${table}::regclass and indisvalid and not indisprimary`
        ).length;
      return { input: { table, columns: "weight_grams" }, countDone };
    },
  },
  "reindex-index-concurrently": {
    executes: true,
    prepare: async (stage) => {
      const { name, read, oid } = await makeIndex(stage);
      const countDone = async () => {
        const now = await read();
        return now?.isValid && now.oid !== oid ? 1 : 0;
      };
      return { input: { index: name }, countDone };
    },
  },
  "drop-index-concurrently": {
    executes: true,
    prepare: async (stage) => {
      const { name, read } = await makeIndex(stage);
      return { input: { index: name }, countDone: async () => ((await read()) ? 0 : 1) };
    },
  },
};
