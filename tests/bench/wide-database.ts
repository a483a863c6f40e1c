import { onDatabase } from "../support/on-database";

/**
 * A database such as many years make: `relations` tables, each with a foreign key that no index supports, two equal
 * indexes and a column of numbers, of which every third has nearly run out; and `statements` different statements that
 * were each run. The server has to keep that many: pg_stat_statements.max.
 */
export async function widen(
  url: string,
  { relations = 1_000, statements = 5_000 }: { relations?: number; statements?: number } = {},
): Promise<void> {
  await onDatabase(url, async (sql) => {
    await sql`set client_min_messages = error`;
    for (let first = 1; first <= relations; first += 100) {
      await sql.unsafe(
        `
        do $$
        begin
          for n in ${first}..${Math.min(relations, first + 99)} loop
            execute format('create table wide_%s (id integer generated always as identity primary key,
              parent_id integer references wide_1 (id), name text, at timestamptz default now())', n);
            execute format('create index wide_%s_name_idx on wide_%s (name)', n, n);
            execute format('create index wide_%s_name_again_idx on wide_%s (name)', n, n);
            execute format('insert into wide_%s (name) select md5(n::text) from generate_series(1, 100) as n', n);
            if n %% 3 = 0 then
              perform setval(pg_get_serial_sequence('wide_' || n, 'id'), 2000000000);
            end if;
          end loop;
        end
        $$`.replaceAll("%%", "%"),
      );
    }
    await sql.unsafe("grant select on all tables in schema public to console_read; analyze");
    const columns = ["id", "parent_id", "name", "at", "id, name", "id, at", "name, at", "parent_id, name"];
    for (let first = 0; first < statements; first += 500) {
      const batch = Array.from({ length: Math.min(500, statements - first) }, (_, index) => first + index);
      await Promise.all(
        batch.map((n) =>
          sql.unsafe(
            `select ${columns[Math.floor(n / relations) % columns.length]} from wide_${1 + (n % relations)} limit 3`,
          ),
        ),
      );
    }
  });
}
