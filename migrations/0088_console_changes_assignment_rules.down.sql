drop policy console_ends on ops_assignment_rules;
drop policy console_adds on ops_assignment_rules;
revoke update (valid_until) on ops_assignment_rules from console_ops;
revoke insert on ops_assignment_rules from console_ops;
