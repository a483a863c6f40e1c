-- transaction: none
drop index concurrently public.gps_checkins_map_square_created_at_idx;
