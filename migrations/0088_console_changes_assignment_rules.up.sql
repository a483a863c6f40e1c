grant insert on ops_assignment_rules to console_ops;
grant update (valid_until) on ops_assignment_rules to console_ops;
create policy console_adds on ops_assignment_rules for insert to console_ops with check (valid_from > now());
create policy console_ends on ops_assignment_rules for update to console_ops
  using (valid_until is null or valid_until > now()) with check (valid_until > now());
