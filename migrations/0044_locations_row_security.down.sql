drop policy reader_of_a_shift_sees_its_location on locations;
drop policy client_sees_own_locations on locations;
alter table locations no force row level security;
alter table locations disable row level security;
