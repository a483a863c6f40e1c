import type { Sql } from "../../db/connections";
import { onDatabase } from "../support/on-database";

export type OwnShift = { id: number; guardId: number | null; locationName: string };

/** One connection of its own to what the console watches, as the owner. */
export const onProduct = <Result>(work: (sql: Sql) => Promise<Result>) =>
  onDatabase(process.env.CONSOLE_TEST_DATABASE_URL as string, work);

/**
 * A shift of five hours and more at a location of its own that began `beganMinutesAgo` (negative: begins in), and
 * unless it is vacant of a new guard with papers: nothing that another journey does concerns it.
 */
export function planOwnShift(beganMinutesAgo: number, { isVacant = false } = {}): Promise<OwnShift> {
  const locationName = `Post ${Math.random().toString(36).slice(2, 10)}`;
  return onProduct(async (sql) => {
    const [shift] = await sql<{ id: string; guardId: string | null }[]>`
      with client as (
        insert into organizations (name, kind) values (${`Client of ${locationName}`}, 'client') returning id
      ), location as (
        insert into locations (organization_id, name, address, city, region, location_point)
        select id, ${locationName}, 'Kade 1', 'Veere', 'Zeeland', 'SRID=4326;POINT(3.66 51.55)' from client
        returning id, organization_id
      ), person as (
        insert into users (role, full_name, email)
        select 'zzp', ${`Guard of ${locationName}`}, ${`${locationName.slice(5)}@zzp.example`} where ${!isVacant}
        returning id
      ), guard as (
        insert into security_professionals (user_id, vca_certificate, guard_pass_colour, guard_pass_valid_until)
        select id, jsonb_build_object('valid_until', current_date + 365), 'grey', now() + interval '1 year' from person
        returning id
      )
      insert into shifts (company_id, client_id, location_id, professional_id, status, start_datetime, end_datetime,
                          hourly_rate, published_at)
      select (select min(id) from organizations where kind = 'company'), organization_id, location.id, guard.id,
             case when guard.id is null then 'published' else 'assigned' end,
             now() - make_interval(mins => ${beganMinutesAgo}), now() + interval '5 hours', 30, now()
      from location left join guard on true
      returning id, professional_id as "guardId"`;
    if (!shift) throw new Error("The shift was not planned.");
    return { id: Number(shift.id), guardId: shift.guardId === null ? null : Number(shift.guardId), locationName };
  });
}

/** Takes the shifts from the board. */
export async function cancelShifts(ids: readonly number[]): Promise<void> {
  await onProduct(
    (sql) => sql`
      update shifts set status = 'cancelled', cancelled_at = now(), cancel_reason = 'system test'
      where id = any(${ids as number[]}::bigint[])`,
  );
}
