-- transaction: none
drop index concurrently if exists public.locations_location_point_idx;
