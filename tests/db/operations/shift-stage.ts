import { randomUUID } from "node:crypto";

import { drizzle } from "drizzle-orm/postgres-js";

import { openClient } from "../../../db/connections";
import { operationRuns } from "../../../db/console/operations";
import { loginUrl } from "../../../db/environment";
import { type Operation, OperationRefusal, type Outcome, type RunContext } from "../../../db/operation";
import { transactEffect } from "../../../db/operations/runs/effects";
import * as schema from "../../../db/schema";
import type { TestDatabases } from "../../support/databases";
import { openStage, type Stage } from "./stage";

export type ShiftStage = Stage & {
  /** Guards with valid papers who live beside the location. */
  guardIds: number[];
  companyId: number;
  /** Plans and carries out an operation at once, without a worker. Throws OperationRefusal. Returns the run's id too. */
  /** `signal` stops the run. */
  act: (operation: Operation, input: unknown, signal?: AbortSignal) => Promise<Outcome & { runId: string }>;
  /** A shift `fromHours` from now, that lasts `hours`; published without a guard. */
  planShift: (fromHours: number, hours: number, guardId?: number | null) => Promise<number>;
  shiftOf: (id: number) => Promise<{ status: string; guardId: number | null; version: number }>;
  /** Of a shift, as "guard status", by age. */
  paymentsOf: (id: number) => Promise<string[]>;
  /** Of a shift, as "type user's name", sorted. */
  notesOf: (id: number) => Promise<string[]>;
};

/** A company with one user, a client with a location in Amsterdam, and guards named Guard 1 to Guard `guardCount`. */
export async function openShiftStage({
  guardCount,
  databases,
}: {
  guardCount: number;
  databases?: TestDatabases;
}): Promise<ShiftStage> {
  const stage = await openStage(databases);
  const opsClient = openClient(loginUrl(stage.environment, "console_ops"), { max: 8, applicationName: "tests" });
  const operate = drizzle(opsClient, { schema });
  const { owner } = stage;
  await owner`
    insert into organizations (id, name, kind) overriding system value
    values (1, 'Vesting Beveiliging', 'company'), (2, 'Hotel De Kroon', 'client')`;
  await owner`insert into users (organization_id, role, full_name, email) values (1, 'company', 'Anouk', 'a@v.example')`;
  await owner`
    insert into locations (id, organization_id, name, address, city, location_point) overriding system value
    values (1, 2, 'De Kroon', 'Dam 9', 'Amsterdam', 'SRID=4326;POINT(4.8926 52.3731)')`;
  const guards = await owner<{ id: string }[]>`
    with people as (
      insert into users (role, full_name, email)
      select 'zzp', 'Guard ' || n, n || '@zzp.example' from generate_series(1, ${guardCount}) as n
      returning id, full_name
    )
    insert into security_professionals (user_id, home_point, hourly_rate, vca_certificate, guard_pass_colour, guard_pass_valid_until)
    select id, 'SRID=4326;POINT(4.9 52.37)', 25, '{"valid_until": "2040-01-01"}', 'grey', '2040-01-01'
    from people order by split_part(full_name, ' ', 2)::integer
    returning id`;
  const act: ShiftStage["act"] = async (operation, input, signal = new AbortController().signal) => {
    const { plan, server, digest, risk } = await stage.plan(operation, input);
    const against = plan.moved ?? plan.refusals[0];
    if (against) throw new OperationRefusal(against);
    const run = { id: randomUUID(), operation: operation.id, attempt: 1 };
    await stage.console.insert(operationRuns).values({
      ...run,
      attempt: 0,
      input,
      target: plan.target,
      server,
      plan,
      digest,
      risk,
      exclusiveKey: run.id,
      requestedBy: stage.requester.staffId,
      state: "cancelled",
      endedAt: new Date(),
      outcome: "carried out by the test",
    });
    const context: Partial<RunContext> = {
      console: stage.console,
      securyflex: stage.securyflex,
      runId: run.id,
      signal,
      log: async () => {},
      progress: async () => {},
      transact: (work, part) => transactEffect(operate, run, { work, part, signal, onStep: () => {} }),
    };
    return { ...(await operation.run(context as RunContext, plan, input)), runId: run.id };
  };
  return {
    ...stage,
    guardIds: guards.map(({ id }) => Number(id)),
    companyId: 1,
    act,
    planShift: async (fromHours, hours, guardId = null) => {
      const [shift] = await owner<{ id: string }[]>`
        insert into shifts (company_id, client_id, location_id, status, professional_id, start_datetime, end_datetime,
                            hourly_rate, published_at, assigned_at)
        values (1, 2, 1, ${guardId === null ? "published" : "assigned"}, ${guardId},
                date_trunc('hour', now()) + make_interval(hours => ${fromHours}),
                date_trunc('hour', now()) + make_interval(hours => ${fromHours + hours}), 30, now(),
                ${guardId === null ? null : new Date()})
        returning id`;
      return Number(shift?.id);
    },
    shiftOf: async (id) => {
      const [row] = await owner<{ status: string; guardId: string | null; version: number }[]>`
        select status, professional_id as "guardId", version from shifts where id = ${id}`;
      if (!row) throw new Error(`There is no shift ${id}.`);
      return { ...row, guardId: row.guardId === null ? null : Number(row.guardId) };
    },
    paymentsOf: async (id) => {
      const rows = await owner<{ told: string }[]>`
        select full_name || ' ' || finqle_transactions.status || ' ' || amount as told
        from finqle_transactions
        join security_professionals on security_professionals.id = professional_id
        join users on users.id = user_id
        where shift_id = ${id} order by finqle_transactions.id`;
      return rows.map(({ told }) => told);
    },
    notesOf: async (id) => {
      const rows = await owner<{ told: string }[]>`
        select type || ' ' || full_name as told from notifications join users on users.id = user_id
        where (data ->> 'shift_id')::bigint = ${id} order by notifications.id`;
      return rows.map(({ told }) => told).sort();
    },
    close: async () => {
      await opsClient.end({ timeout: 2 });
      await stage.close();
    },
  };
}
