import type { Session } from "../seed/copy";
import { futureDays } from "../seed/sizes";
import { amsterdamDay, amsterdamInstant, day, hour, type Instant } from "../story/instant";

/** A day of planning ends in the small hours, when no shift starts. */
const dayBeginsMinutes = 3 * 60;
const shortCallPost = "Short call";

/**
 * Drafts the days up to the horizon that have no shifts yet, each as the same weekday was when it was last planned.
 * Days that went by unplanned stay empty, except yesterday, whose nights reach into the present.
 */
export async function planAhead(sql: Session, at: Instant): Promise<void> {
  const [row] = await sql<{ lastStartAt: string | null }[]>`
    select extract(epoch from max(start_datetime)) * 1000 as "lastStartAt"
    from shifts
    where start_datetime < ${new Date(at + futureDays * day).toISOString()}::timestamptz and post <> ${shortCallPost}
  `;
  if (!row?.lastStartAt) return;
  const lastPlanned = amsterdamDay(Number(row.lastStartAt) - dayBeginsMinutes * 60_000);
  const today = amsterdamDay(at);
  for (let date = Math.max(lastPlanned, today - 2 * day) + day; date < today + futureDays * day; date += day) {
    const weeks = Math.ceil((date - lastPlanned) / (7 * day));
    await repeatDay(sql, { date, daysBack: weeks * 7, at });
  }
}

async function repeatDay(
  sql: Session,
  { date, daysBack, at }: { date: Instant; daysBack: number; at: Instant },
): Promise<void> {
  const source = date - daysBack * day;
  const from = new Date(amsterdamInstant(source, dayBeginsMinutes)).toISOString();
  const until = new Date(amsterdamInstant(source + day, dayBeginsMinutes)).toISOString();
  await sql`
    insert into shifts (
      company_id, client_id, location_id, post, status, start_datetime, end_datetime, headcount, hourly_rate,
      overtime_rate, created_at, updated_at
    )
    select
      company_id, client_id, location_id, post, 'draft',
      (start_datetime at time zone 'Europe/Amsterdam' + ${daysBack} * interval '1 day') at time zone 'Europe/Amsterdam',
      (end_datetime at time zone 'Europe/Amsterdam' + ${daysBack} * interval '1 day') at time zone 'Europe/Amsterdam',
      headcount, hourly_rate, overtime_rate, created.at, created.at
    from shifts, (select ${new Date(at).toISOString()}::timestamptz as at) created
    where start_datetime >= ${from}::timestamptz and start_datetime < ${until}::timestamptz
      and post <> ${shortCallPost}
    order by start_datetime, id
  `;
}

const shortCallsPerHour = { 1: 0, 10: 30, 60: 90 } as const;

/**
 * At speeds above 1 clients call for cover at short notice: published at once, start within the hour, over in one to
 * one and a half. So late, unfilled and no-show, which the board measures in real minutes, come more often.
 */
export async function publishShortCalls(
  sql: Session,
  { seed, speed, afterAt, at }: { seed: number; speed: 1 | 10 | 60; afterAt: Instant; at: Instant },
): Promise<void> {
  const everyMs = hour / shortCallsPerHour[speed];
  const numbers: number[] = [];
  for (let number = Math.floor(afterAt / everyMs) + 1; number * everyMs <= at; number++) numbers.push(number);
  if (numbers.length === 0) return;
  await sql`
    insert into shifts (
      company_id, client_id, location_id, post, status, start_datetime, end_datetime, hourly_rate, published_at,
      created_at, updated_at
    )
    select
      company_id, client_id, location_id, ${shortCallPost}, 'published', starting.at,
      starting.at + (60 + abs(hash / 64 % 7) * 5) * interval '1 minute', 32 + abs(hash / 1024 % 12), called.at,
      called.at, called.at
    from (select number, hashint8(number + ${seed}::bigint)::bigint as hash
          from jsonb_array_elements_text(${sql.json(numbers)}) call (text), cast(text as bigint) number) call
    cross join (select ${new Date(at).toISOString()}::timestamptz as at) called
    cross join lateral (
      select date_bin('5 minutes', called.at + (20 + abs(hash % 35)) * interval '1 minute', 'epoch') as at
    ) starting
    cross join lateral (
      select company_id, client_id, location_id
      from shifts
      where start_datetime < called.at
      order by start_datetime desc
      offset abs(hash % 400)
      limit 1
    ) known
    order by number
  `;
}
