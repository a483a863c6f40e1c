delete from saved_views where room = 'sla';
alter table saved_views
  drop constraint valid_room,
  add constraint valid_room check (room in ('live', 'shifts'));
