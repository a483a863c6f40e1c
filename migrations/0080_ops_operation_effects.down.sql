drop table ops_operation_effects;
