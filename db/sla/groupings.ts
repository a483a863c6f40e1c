import { type SQL, sql } from "drizzle-orm";

export type OverTime = "all" | "day" | "week" | "month" | "28 days";
/** Those with an id have a name; a region is its own. */
export type Dimension = "client" | "company" | "region" | "location";

/** What numbers are told by. Weeks begin on Monday; blocks of 28 days end with the period. */
export type Grouping = OverTime | Dimension | "hour";

const names: Partial<Record<Grouping, SQL>> = {
  client: sql`client_name`,
  company: sql`company_name`,
  location: sql`location_name`,
};

/** The key of a group of facts as text. Of `hour`: ISO weekday and hour, "1-22"; of time its first date. */
export function groupKey(by: Grouping, until: string): SQL {
  switch (by) {
    case "client":
      return sql`client_id::text`;
    case "company":
      return sql`company_id::text`;
    case "location":
      return sql`location_id::text`;
    case "region":
      return sql`coalesce(region, 'unknown')`;
    case "hour":
      return weekHour(sql`local_hour`);
    default:
      return timeKey(by, until);
  }
}

export function timeKey(by: OverTime, until: string): SQL {
  switch (by) {
    case "all":
      return sql`'all'::text`;
    case "day":
      return sql`local_date::text`;
    case "week":
      return sql`(local_date - (extract(isodow from local_date)::integer - 1))::text`;
    case "month":
      return sql`to_char(local_date, 'YYYY-MM-01')`;
    case "28 days":
      return sql`(${until}::date - 27 - 28 * ((${until}::date - local_date) / 28))::text`;
  }
}

export function weekHour(hour: SQL): SQL {
  return sql`extract(isodow from local_date)::integer || '-' || ${hour}`;
}

/** The name of a group that was told last among its facts; null where it has none but its key. An aggregate. */
export function nameOfThen(by: Grouping): SQL {
  const name = names[by];
  return name ? sql`(array_agg(${name} order by frozen_at desc, start_at desc))[1]` : sql`null::text`;
}

/** The newest name of a group by its key, or the key itself. sla_names_pkey. */
export function newestName(by: Grouping, key: SQL): SQL {
  if (!names[by]) return key;
  return sql`coalesce((select name from sla_names where sla_names.dimension = ${by} and sla_names.key = ${key}), ${key})`;
}
