-- pg_stats hides every column of a table whose row security applies to the reader, here to all but who bypasses it. This
-- tells widths and counts, no value of a row. Its owner is whoever migrates: console_admin does not bypass row security.
create function ops_column_widths()
returns table (relation oid, attribute smallint, null_fraction real, average_bytes integer, distinct_values real)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select pg_class.oid, attnum, null_frac, avg_width, n_distinct
  from pg_stats
  join pg_namespace on nspname = schemaname
  join pg_class on relnamespace = pg_namespace.oid and relname = tablename
  join pg_attribute on attrelid = pg_class.oid and pg_attribute.attname = pg_stats.attname
  where not inherited and nspname not in ('pg_catalog', 'information_schema')
$$;

revoke execute on function ops_column_widths() from public;
grant execute on function ops_column_widths() to console_read, console_admin;
