alter table ops_assignment_rules drop constraint valid_rule, drop constraint unyielding;
alter table ops_assignment_rules
  add constraint valid_rule check (
    rule in (
      'overlap', 'vca', 'guard-pass', 'employer', 'pass-colour', 'pass-restriction', 'rest', 'shift-length', 'week',
      'unavailable', 'travel', 'rate'
    )
  ),
  add constraint unyielding check (
    rule not in ('overlap', 'vca', 'guard-pass', 'employer') or severity = 'block' and override_roles = '{}'
  );

insert into ops_assignment_rules (rule, employment, severity, override_roles, valid_from, set_by, reason)
select 'employer', employment, 'block', '{}', '2000-01-01T00:00:00Z', 'SecuryFlex', 'An employee works for one company.'
from unnest(array['zzp', 'employee']) as employment;
