delete from ops_assignment_rules where rule = 'employer';

alter table ops_assignment_rules drop constraint valid_rule, drop constraint unyielding;
alter table ops_assignment_rules
  add constraint valid_rule check (
    rule in (
      'overlap', 'vca', 'guard-pass', 'pass-colour', 'pass-restriction', 'rest', 'shift-length', 'week', 'unavailable',
      'travel', 'rate'
    )
  ),
  add constraint unyielding check (
    rule not in ('overlap', 'vca', 'guard-pass') or severity = 'block' and override_roles = '{}'
  );
