drop trigger ops_outbox_update on finqle_transactions;
drop trigger ops_outbox_insert on finqle_transactions;
drop trigger ops_outbox_update on incidents;
drop trigger ops_outbox_insert on incidents;
drop trigger ops_outbox_insert on gps_checkins;
drop trigger ops_outbox_delete on shifts;
drop trigger ops_outbox_update on shifts;
drop trigger ops_outbox_insert on shifts;
drop function ops_outbox_append();
