drop table sla_progress;
drop table sla_live_shift_facts;
drop table sla_assignment_facts;
drop table sla_shift_facts;
