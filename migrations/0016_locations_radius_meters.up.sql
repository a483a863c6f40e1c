-- adopt: select exists (select from pg_attribute where attrelid = to_regclass('public.locations') and attname = 'radius_meters' and not attisdropped)
alter table locations rename column radius to radius_meters;
