drop table ops_assignment_rules;
