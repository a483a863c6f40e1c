alter table locations rename column radius_meters to radius;
