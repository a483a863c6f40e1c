drop table ops_deliveries;
