drop table sla_targets;
