drop table ops_outbox;
