/** Tables of fifty rows, each tied as a case needs it. */
export const lockFixture = `
set time zone 'Europe/Amsterdam';
create schema depot;
create domain positive as integer check (value > 0);
create domain plain as integer;
create type mood as enum ('calm', 'busy');
create table parents (id integer primary key, name text);
create table children (
  id integer primary key,
  parent_id integer constraint children_parent_id_fkey references parents (id),
  loose_id integer, big integer, short varchar(10), long varchar(20), free text, amount numeric(8, 2), noted timestamp(3),
  flag boolean default true, proved integer, checked varchar(10) constraint checked_length check (checked <> 'x'),
  ready integer not null,
  constraint proved_is_there check (proved is not null),
  constraint later check (big > -1) not valid
);
create table loose (id integer, parent_id integer, note text);
alter table loose add constraint loose_parent_id_fkey foreign key (parent_id) references parents (id) not valid;
create table depot.crates (id integer primary key, weight integer);
create unique index children_ready_idx on children (ready);
create unique index children_big_idx on children (big);
create index children_flag_idx on children (flag);
create function stamp() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger children_stamp before insert on children for each row execute function stamp();
create policy all_see on parents using (true);
create table readings (taken integer not null, value integer) partition by range (taken);
create table readings_low partition of readings for values from (0) to (100);
create table readings_high partition of readings for values from (100) to (200);
create table apart (taken integer not null, value integer);
create table bounded (taken integer not null, value integer, constraint bounds check (taken >= 300 and taken < 400));
create view names as select name from parents;
create materialized view totals as select id as parent_id from depot.crates;
create unique index totals_parent_id_idx on totals (parent_id);
create publication news;
create rule quiet as on delete to loose do also nothing;
insert into parents select n, 'name' from generate_series(1, 50) as n;
insert into children select n, n, n, n, 'a', 'b', 'c', 1, now(), true, 1, 'd', n from generate_series(1, 50) as n;
insert into loose select n, n, 'e' from generate_series(1, 50) as n;
insert into depot.crates select n, n from generate_series(1, 50) as n;
insert into readings select n, n from generate_series(1, 150) as n;
insert into apart select n, n from generate_series(200, 249) as n;
insert into bounded select n, n from generate_series(300, 349) as n;
refresh materialized view totals;
create table alone_vacuum as select n as id from generate_series(1, 50) as n;
create table alone_full as select n as id from generate_series(1, 50) as n;
create table alone_index as select n as id from generate_series(1, 50) as n;
create table alone_drop as select n as id from generate_series(1, 50) as n;
create index alone_drop_id_idx on alone_drop (id);
create table alone_reindex as select n as id from generate_series(1, 50) as n;
create index alone_reindex_id_idx on alone_reindex (id);
create table alone_readings (taken integer) partition by range (taken);
create table alone_readings_low partition of alone_readings for values from (0) to (100);
analyze;
`;

/** Each runs in a transaction of its own that is rolled back. */
export const lockCases: string[] = `
alter table children add column a integer
alter table children add column a integer default 7
alter table children add column a integer not null default 7
alter table children add column a timestamptz default now()
alter table children add column a plain
alter table children add column a positive
alter table children add column a double precision default random()
alter table children add column a uuid default gen_random_uuid()
alter table children add column a integer generated always as (big * 2) stored
alter table children add column a integer generated always as identity
alter table children add column a serial
alter table children add column a integer check (a > 0)
alter table children add column a integer references parents (id)
alter table children add column a integer default 3 references parents (id)
alter table children add column a integer unique
alter table children drop column big
alter table children drop column parent_id
alter table children rename column big to bigger
alter table children rename to offspring
alter table children rename constraint later to much_later
alter table children set schema depot
alter table children alter column big set default 4
alter table children alter column flag drop default
alter table children alter column ready drop not null
alter table children alter column big set not null
alter table children alter column proved set not null
alter table children alter column ready set not null
alter table children owner to pg_monitor
alter table parents enable row level security
alter table parents disable row level security
alter table parents force row level security
alter table children replica identity full
alter table children alter column free set storage external
alter table children alter column big set statistics 200
alter table children alter column big set (n_distinct = 5)
alter table children set (autovacuum_enabled = false)
alter table children set (fillfactor = 80)
alter table children reset (fillfactor)
alter table children cluster on children_pkey
alter table children alter column ready add generated always as identity
alter table children alter column short type varchar(20)
alter table children alter column short type text
alter table children alter column short type varchar(5)
alter table children alter column free type varchar
alter table children alter column free type varchar(30)
alter table children alter column big type bigint
alter table children alter column parent_id type bigint
alter table children alter column amount type numeric(12, 2)
alter table children alter column amount type numeric(12, 4)
alter table children alter column noted type timestamp(6)
alter table children alter column noted type timestamptz
alter table children alter column checked type varchar(20)
alter table children alter column loose_id type integer
alter table children add constraint c check (big > 0)
alter table children add constraint c check (big > 0) not valid
alter table children validate constraint later
alter table children validate constraint proved_is_there
alter table loose validate constraint loose_parent_id_fkey
alter table children add constraint f foreign key (loose_id) references parents (id)
alter table children add constraint f foreign key (loose_id) references parents (id) not valid
alter table children drop constraint children_parent_id_fkey
alter table children drop constraint later
alter table children alter constraint children_parent_id_fkey deferrable
alter table children add constraint u unique (loose_id)
alter table children add constraint u unique using index children_big_idx
alter table depot.crates drop constraint crates_pkey, add primary key (id)
alter table loose add primary key (id)
alter table loose add constraint e exclude (id with =)
alter table children disable trigger children_stamp
alter table children enable trigger children_stamp
alter table children disable trigger user
alter table children set unlogged
alter table parents add column a integer, alter column name set not null
alter table readings attach partition apart for values from (200) to (300)
alter table readings attach partition bounded for values from (300) to (400)
alter table readings detach partition readings_low
alter table readings add column a integer
alter table readings alter column value type bigint
create table fresh (id integer primary key)
create table fresh (id integer, parent_id integer references parents (id))
create table readings_next partition of readings for values from (500) to (600)
create table fresh (like children)
create table fresh as select * from parents
create materialized view fresh as select * from parents
create view fresh as select * from parents
create or replace view names as select name from parents where id > 0
create index fresh on children (big)
create unique index fresh on children (loose_id)
create index fresh on readings (value)
create trigger fresh after insert on children for each row execute function stamp()
create policy fresh on parents using (true)
alter policy all_see on parents using (false)
create rule fresh as on delete to loose do also nothing
create statistics fresh on big, ready from children
comment on table children is 'x'
comment on column children.big is 'x'
comment on constraint later on children is 'x'
drop table children
drop table loose
drop table readings_low
drop table readings
drop view names
drop materialized view totals
drop index children_flag_idx
drop trigger children_stamp on children
drop policy all_see on parents
drop rule quiet on loose
truncate children
truncate parents cascade
cluster children using children_pkey
reindex table children
reindex index children_flag_idx
analyze children
refresh materialized view totals
refresh materialized view concurrently totals
lock table children in exclusive mode
lock table children in share mode
alter index children_flag_idx rename to flag_idx
alter publication news add table children
alter type mood add value 'angry'
grant select on children to pg_monitor
create function fresh() returns integer language sql as 'select 1'
update loose set note = 'x'
delete from loose
insert into depot.crates values (100, 1)
select count(*) from parents
do $$ begin update loose set note = 'x'; lock table parents in share mode; end $$
`
  .trim()
  .split("\n");

/** The same, of PostgreSQL 18 alone. */
export const lockCasesOf18: string[] = `
alter table children add column a integer generated always as (big * 2) virtual
alter table children add constraint n not null big not valid
alter table children add constraint n not null big
alter table children add constraint c check (big > 0) not enforced
alter table children alter constraint children_parent_id_fkey not enforced
`
  .trim()
  .split("\n");

/** What no transaction may hold: what they ask for is seen while somebody stands in their way. By the table. */
export const lockCasesApart: Record<string, string> = {
  alone_vacuum: "vacuum alone_vacuum",
  alone_full: "vacuum full alone_full",
  alone_index: "create index concurrently alone_index_id_idx on alone_index (id)",
  alone_drop: "drop index concurrently alone_drop_id_idx",
  alone_reindex: "reindex table concurrently alone_reindex",
  alone_readings: "alter table alone_readings detach partition alone_readings_low concurrently",
};
