/**
 * One change, written so that it hurts and so that it does not. shifts, gps_checkins, users, security_professionals and
 * incidents are large; organizations and locations are small. `--- ` parts what runs in migrations of their own.
 */
export type Pair = { rule: string; unsafe: string; safe: string };

const apart = "-- transaction: none\n";
const oneByOne = (...scripts: string[]) => scripts.join("\n--- \n");

export const pairs: Pair[] = [
  {
    rule: "adding-field-with-default",
    unsafe: "alter table shifts add column token uuid default gen_random_uuid();",
    safe: oneByOne(
      "alter table shifts add column token uuid;",
      "alter table shifts alter column token set default gen_random_uuid();",
    ),
  },
  {
    rule: "adding-field-with-default",
    unsafe: "alter table shifts add column seen_at timestamptz default clock_timestamp();",
    safe: "alter table shifts add column seen_at timestamptz default now();",
  },
  {
    rule: "adding-field-with-default",
    unsafe: "alter table shifts add column hours numeric generated always as (hourly_rate * 2) stored;",
    safe: "create view shift_hours as select id, hourly_rate * 2 as hours from shifts;",
  },
  {
    rule: "adding-field-with-default",
    unsafe: "alter table gps_checkins add column number bigint generated always as identity;",
    safe: "alter table gps_checkins add column number bigint;",
  },
  {
    rule: "adding-serial-primary-key-field",
    unsafe: "alter table gps_checkins add column number bigserial primary key;",
    safe: "alter table gps_checkins add column number bigint;",
  },
  {
    rule: "rewrite-under-lock",
    unsafe: "alter table gps_checkins add column number bigserial;",
    safe: "create sequence gps_checkins_number_seq;",
  },
  {
    rule: "adding-required-field",
    unsafe: "alter table shifts add column dress_code text not null;",
    safe: "alter table shifts add column dress_code text not null default 'suit';",
  },
  {
    rule: "changing-column-type",
    unsafe: "alter table shifts alter column headcount type bigint;",
    safe: "alter table shifts add column headcount_wide bigint;",
  },
  {
    rule: "changing-column-type",
    unsafe: "alter table users alter column phone type varchar(20);",
    safe: "alter table users alter column phone type varchar;",
  },
  {
    rule: "changing-column-type",
    unsafe: "alter table finqle_transactions alter column amount type numeric(12, 4);",
    safe: "alter table finqle_transactions alter column amount type numeric(12, 2);",
  },
  {
    rule: "changing-column-type",
    unsafe:
      "alter table gps_checkins alter column accuracy_meters type double precision using accuracy_meters::double precision;",
    safe: "alter table gps_checkins add column accuracy_exact_meters double precision;",
  },
  {
    rule: "changing-column-type",
    unsafe: "alter table notifications alter column type type varchar(40);",
    safe: "alter table notifications add constraint short_type check (length(type) <= 40) not valid;",
  },
  {
    rule: "adding-not-nullable-field",
    unsafe: "alter table shifts alter column published_at set not null;",
    safe: oneByOne(
      "alter table shifts add constraint published check (published_at is not null) not valid;",
      "alter table shifts validate constraint published;",
    ),
  },
  {
    rule: "scan-under-lock",
    unsafe: "alter table shifts add column extra integer check (extra > 0);",
    safe: oneByOne(
      "alter table shifts add column extra integer;",
      "alter table shifts add constraint extra_counts check (extra > 0) not valid;",
    ),
  },
  {
    rule: "constraint-missing-not-valid",
    unsafe: "alter table shifts add constraint short_post check (length(post) < 80);",
    safe: "alter table shifts add constraint short_post check (length(post) < 80) not valid;",
  },
  {
    rule: "validate-under-lock",
    unsafe: `alter table shifts add constraint short_post check (length(post) < 80) not valid;
             alter table shifts validate constraint short_post;`,
    safe: oneByOne(
      "alter table shifts add constraint short_post check (length(post) < 80) not valid;",
      "alter table shifts validate constraint short_post;",
    ),
  },
  {
    rule: "adding-foreign-key-constraint",
    unsafe: "alter table incidents add constraint shift_fkey foreign key (shift_id) references shifts (id);",
    safe: "alter table incidents add constraint shift_fkey foreign key (shift_id) references shifts (id) not valid;",
  },
  {
    rule: "validate-under-lock",
    unsafe: `alter table incidents add constraint shift_fkey foreign key (shift_id) references shifts (id) not valid;
             alter table incidents validate constraint shift_fkey;`,
    safe: "alter table incidents validate constraint incidents_shift_id_fkey;",
  },
  {
    rule: "foreign-key-locks-both",
    unsafe: "alter table incidents add constraint shift_fkey foreign key (shift_id) references shifts (id) not valid;",
    safe: "alter table shifts add constraint place_fkey foreign key (location_id) references locations (id) not valid;",
  },
  {
    rule: "drop-locks-parent",
    unsafe: "alter table incidents drop constraint incidents_shift_id_fkey;",
    safe: "alter table shifts drop constraint check_dates;",
  },
  { rule: "drop-locks-parent", unsafe: "drop table incidents;", safe: "create table reports (id bigint primary key);" },
  {
    rule: "require-concurrent-index-creation",
    unsafe: "create index shifts_post_idx on shifts (post);",
    safe: `${apart}drop index concurrently if exists public.shifts_post_idx;\ncreate index concurrently shifts_post_idx on public.shifts (post);`,
  },
  {
    rule: "require-concurrent-index-creation",
    unsafe: "create unique index users_phone_idx on users (phone);",
    safe: `${apart}drop index concurrently if exists public.users_phone_idx;\ncreate unique index concurrently users_phone_idx on public.users (phone);`,
  },
  {
    rule: "require-concurrent-index-creation",
    unsafe: "create index on gps_checkins (recorded_at) where is_within_radius;",
    safe: "create index on locations (region);",
  },
  {
    rule: "refused-in-transaction",
    unsafe: "create index concurrently shifts_post_idx on shifts (post);",
    safe: `${apart}drop index concurrently if exists shifts_post_idx;\ncreate index concurrently shifts_post_idx on shifts (post);`,
  },
  { rule: "refused-in-transaction", unsafe: "vacuum gps_checkins;", safe: `${apart}vacuum gps_checkins;` },
  {
    rule: "refused-in-transaction",
    unsafe: "drop index concurrently shifts_client_id_start_datetime_idx;",
    safe: `${apart}drop index concurrently shifts_client_id_start_datetime_idx;`,
  },
  {
    rule: "refused-in-transaction",
    unsafe: "alter system set work_mem = '64MB';",
    safe: "alter role console_read set work_mem = '64MB';",
  },
  {
    rule: "keeps-invalid-index",
    unsafe: `${apart}create index concurrently if not exists shifts_post_idx on shifts (post);`,
    safe: `${apart}drop index concurrently if exists shifts_post_idx;\ncreate index concurrently shifts_post_idx on shifts (post);`,
  },
  {
    rule: "not-resumable",
    unsafe: `${apart}create index concurrently shifts_post_idx on shifts (post);`,
    safe: `${apart}drop index concurrently if exists shifts_post_idx;\ncreate index concurrently shifts_post_idx on shifts (post);`,
  },
  {
    rule: "drop-index-locks-table",
    unsafe: "drop index shifts_client_id_start_datetime_idx;",
    safe: `${apart}drop index concurrently if exists shifts_client_id_start_datetime_idx;`,
  },
  {
    rule: "require-concurrent-reindex",
    unsafe: "reindex index shifts_client_id_start_datetime_idx;",
    safe: `${apart}reindex index concurrently shifts_client_id_start_datetime_idx;`,
  },
  {
    rule: "require-concurrent-reindex",
    unsafe: "reindex table shifts;",
    safe: `${apart}reindex table concurrently shifts;`,
  },
  {
    rule: "disallowed-unique-constraint",
    unsafe: "alter table users add constraint users_phone_key unique (phone);",
    safe: oneByOne(
      `${apart}drop index concurrently if exists users_phone_key;\ncreate unique index concurrently users_phone_key on users (phone);`,
      "alter table users add constraint users_phone_key unique using index users_phone_key;",
    ),
  },
  {
    rule: "build-under-lock",
    unsafe:
      "alter table shifts add constraint apart exclude using gist (tstzrange(start_datetime, end_datetime) with &&);",
    safe: "alter table locations add constraint apart exclude using gist (radius_meters with =);",
  },
  {
    rule: "adding-serial-primary-key-field",
    unsafe: "alter table gps_checkins drop constraint gps_checkins_pkey, add primary key (id, created_at);",
    safe: "alter table locations drop constraint locations_region_key, add unique (id, region);",
  },
  {
    rule: "update-without-where",
    unsafe: "update shifts set post = 'x';",
    safe: "update shifts set post = 'x' where id between 1 and 5000;",
  },
  {
    rule: "update-without-where",
    unsafe: "do $$ begin update gps_checkins set accuracy_meters = 1; end $$;",
    safe: "do $$ begin update locations set region = 'x' where id = 1; end $$;",
  },
  {
    rule: "delete-without-where",
    unsafe: "delete from notifications;",
    safe: "delete from notifications where id between 1 and 5000;",
  },
  {
    rule: "delete-without-where",
    unsafe: "do $$ begin delete from incidents; end $$;",
    safe: "do $$ begin perform 1; end $$;",
  },
  {
    rule: "delete-without-where",
    unsafe: "with gone as (select 1) delete from locations;",
    safe: "create table drafts (id bigint); insert into drafts values (1); delete from drafts;",
  },
  { rule: "truncate", unsafe: "truncate notifications;", safe: "create table drafts (id bigint); truncate drafts;" },
  {
    rule: "truncate",
    unsafe: "do $$ begin execute 'truncate locations'; end $$;",
    safe: "do $$ begin execute 'analyze locations'; end $$;",
  },
  { rule: "cascade", unsafe: "truncate notifications cascade;", safe: "delete from notifications where id = 1;" },
  { rule: "cascade", unsafe: "drop table incidents cascade;", safe: "drop view if exists old_incidents;" },
  { rule: "cascade", unsafe: "drop schema depot cascade;", safe: "drop schema depot;" },
  { rule: "ban-drop-table", unsafe: "drop table locations;", safe: "create table drafts (id bigint primary key);" },
  {
    rule: "ban-drop-column",
    unsafe: "alter table shifts drop column post;",
    safe: "alter table shifts alter column post drop default;",
  },
  {
    rule: "renaming-column",
    unsafe: "alter table shifts rename column post to position;",
    safe: "alter table shifts add column position text;",
  },
  {
    rule: "renaming-table",
    unsafe: "alter table shifts rename to turns;",
    safe: "create view turns as select * from shifts;",
  },
  { rule: "explicit-lock", unsafe: "lock table shifts;", safe: "select count(*) from organizations;" },
  {
    rule: "explicit-lock",
    unsafe: "do $$ begin lock table shifts in share mode; end $$; lock table users in share mode;",
    safe: "lock table locations in share mode;",
  },
  {
    rule: "rewrite-under-lock",
    unsafe: `${apart}vacuum full gps_checkins;`,
    safe: `${apart}vacuum (analyze) gps_checkins;`,
  },
  {
    rule: "rewrite-under-lock",
    unsafe: "cluster gps_checkins using gps_checkins_pkey;",
    safe: "alter table gps_checkins cluster on gps_checkins_pkey;",
  },
  {
    rule: "rewrite-under-lock",
    unsafe: "alter table notifications set unlogged;",
    safe: "create unlogged table drafts (id bigint);",
  },
  { rule: "rewrite-under-lock", unsafe: "truncate gps_checkins;", safe: "delete from gps_checkins where id < 5000;" },
  {
    rule: "trigger-on-large-table",
    unsafe:
      "create trigger noted after insert on gps_checkins for each row execute function shifts_require_certificates();",
    safe: "create trigger noted after insert on locations for each row execute function shifts_require_certificates();",
  },
  {
    rule: "trigger-turned-off",
    unsafe: "alter table shifts disable trigger all;",
    safe: "alter table shifts enable trigger all;",
  },
  {
    rule: "several-tables-locked",
    unsafe: "alter table shifts add column note text; alter table users add column note text;",
    safe: oneByOne("alter table shifts add column note text;", "alter table users add column note text;"),
  },
  {
    rule: "several-tables-locked",
    unsafe: "drop policy company_sees_its_shifts on shifts; alter table users disable row level security;",
    safe: "alter table shifts add column note text; alter table organizations add column note text;",
  },
  {
    rule: "work-after-lock",
    unsafe: "alter table shifts add column note text; update shifts set note = post where id < 5000;",
    safe: oneByOne("alter table shifts add column note text;", "update shifts set note = post where id < 5000;"),
  },
  {
    rule: "work-after-lock",
    unsafe: "alter table shifts add column note text; create index incidents_summary_idx on incidents (summary);",
    safe: "alter table shifts add column note text; create index on locations (region);",
  },
  {
    rule: "enum-value-used-at-once",
    unsafe: "alter type mood add value 'angry' after 'busy'; create table moods (mood mood default 'angry');",
    safe: "alter type mood add value 'angry' after 'busy';",
  },
  {
    rule: "require-enum-value-ordering",
    unsafe: "alter type mood add value 'angry';",
    safe: "alter type mood add value 'angry' after 'busy';",
  },
  {
    rule: "transaction-in-script",
    unsafe: "begin; alter table shifts add column note text; commit;",
    safe: "alter table shifts add column note text;",
  },
  { rule: "setting-stays", unsafe: "set lock_timeout = '5s';", safe: "set local lock_timeout = '5s';" },
  {
    rule: "definer-without-search-path",
    unsafe: "create function one() returns integer language sql security definer as 'select 1';",
    safe: "create function one() returns integer language sql security definer set search_path = '' as 'select 1';",
  },
  {
    rule: "unknown-effect",
    unsafe:
      "do $$ declare part text; begin foreach part in array array['a'] loop execute format('drop table %I', part); end loop; end $$;",
    safe: "do $$ begin execute 'comment on table shifts is null'; end $$;",
  },
  {
    rule: "partition-of-locks-parent",
    unsafe: "create table readings_next partition of readings for values from (500) to (600);",
    safe: "create table readings_next (taken integer not null, value integer, constraint bounds check (taken >= 500 and taken < 600));",
  },
  {
    rule: "detach-locks-parent",
    unsafe: "alter table readings detach partition readings_low;",
    safe: `${apart}alter table readings detach partition readings_low concurrently;`,
  },
  {
    rule: "scan-under-lock",
    unsafe: "alter table readings attach partition apart for values from (200) to (300);",
    safe: "alter table readings attach partition bounded for values from (300) to (400);",
  },
  {
    rule: "rewrite-under-lock",
    unsafe: "refresh materialized view totals;",
    safe: "refresh materialized view concurrently totals;",
  },
  {
    rule: "identifier-too-long",
    unsafe: `create table a${"b".repeat(70)} (id bigint);`,
    safe: `create table a${"b".repeat(50)} (id bigint);`,
  },
];
