-- adopt table: locations (id bigint, organization_id bigint, name, address, postal_code, city, region, location_point geography, radius|radius_meters integer, time_zone, created_at timestamp with time zone)
create table locations (
  id bigint generated always as identity primary key,
  organization_id bigint not null references organizations (id),
  name text not null,
  address text not null,
  postal_code text,
  city text not null,
  region text,
  location_point geography(Point, 4326) not null,
  radius integer not null default 100 constraint valid_radius check (radius between 50 and 1000),
  time_zone text not null default 'Europe/Amsterdam',
  created_at timestamptz not null default now()
);
create index locations_organization_id_idx on locations (organization_id);

grant select on locations to authenticated;
