-- One row counts the check-ins of one hour, or of one day in UTC, in one of the 64 x 64 cells of a map tile.
create table ops_checkin_cells (
  hours smallint not null constraint valid_hours check (hours = 1 or hours = 24),
  zoom smallint not null,
  tile_x integer not null,
  tile_y integer not null,
  at timestamptz not null,
  cell smallint not null constraint valid_cell check (cell between 0 and 4095),
  inside integer not null,
  outside integer not null,
  uncertain integer not null,
  primary key (hours, zoom, tile_x, tile_y, at, cell)
);
alter table ops_checkin_cells owner to console_admin;

-- Up to where they are counted: a snapshot of the outbox, written together with the counts.
create table ops_checkin_counts (
  id boolean primary key default true constraint only_one check (id),
  cursor text not null,
  counted_at timestamptz not null,
  rebuilt_at timestamptz not null
);
alter table ops_checkin_counts owner to console_admin;

do $$
declare
  table_name text;
  product_role text;
begin
  foreach table_name in array array['ops_checkin_cells', 'ops_checkin_counts'] loop
    execute format('alter table %I enable row level security', table_name);
    execute format('alter table %I force row level security', table_name);
    execute format('create policy console_reads on %I for select to console_read using (true)', table_name);
    execute format('create policy console_counts on %I to console_ops using (true) with check (true)', table_name);
    execute format('create policy console_administers on %I to console_admin using (true) with check (true)', table_name);
    foreach product_role in array array['anon', 'authenticated', 'service_role'] loop
      if to_regrole(product_role) is not null then
        execute format('revoke all on %I from %I', table_name, product_role);
      end if;
    end loop;
    execute format('grant select on %I to console_read', table_name);
    execute format('grant select, insert, update, delete on %I to console_ops', table_name);
  end loop;
end
$$;
