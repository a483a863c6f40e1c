create table ops_assignment_rules (
  id bigint generated always as identity primary key,
  rule text not null,
  employment text not null constraint valid_employment check (employment in ('zzp', 'employee')),
  severity text not null constraint valid_severity check (severity in ('block', 'warn', 'info')),
  limit_value numeric(10, 2),
  limit_unit text,
  override_roles text[] not null default '{}'
    constraint valid_override_roles check (override_roles <@ array['ops', 'support', 'manager', 'admin']),
  valid_from timestamptz not null,
  valid_until timestamptz,
  set_by text not null,
  reason text not null,
  created_at timestamptz not null default now(),
  constraint valid_rule check (
    rule in (
      'overlap', 'vca', 'guard-pass', 'pass-colour', 'pass-restriction', 'rest', 'shift-length', 'week', 'unavailable',
      'travel', 'rate'
    )
  ),
  constraint limit_in_unit check (
    (limit_value is null) = (limit_unit is null)
    and (limit_value is null or limit_value >= 0)
    and limit_unit is not distinct from case
      when rule in ('rest', 'shift-length', 'week', 'unavailable') then 'hours'
      when rule = 'travel' then 'minutes'
      when rule = 'rate' then 'euro an hour'
    end
  ),
  constraint unyielding check (
    rule not in ('overlap', 'vca', 'guard-pass') or severity = 'block' and override_roles = '{}'
  ),
  constraint valid_span check (valid_until > valid_from),
  constraint ops_assignment_rules_one_at_a_time
    exclude using gist (employment with =, rule with =, tstzrange(valid_from, valid_until, '[)') with &&)
);

alter table ops_assignment_rules owner to console_admin;
alter table ops_assignment_rules enable row level security;
alter table ops_assignment_rules force row level security;
revoke all on ops_assignment_rules from public, anon, authenticated;
grant select on ops_assignment_rules to console_read, console_ops;
create policy console_reads on ops_assignment_rules for select to console_read, console_ops using (true);
create policy console_administers on ops_assignment_rules to console_admin using (true) with check (true);

insert into ops_assignment_rules
  (rule, employment, severity, limit_value, limit_unit, override_roles, valid_from, set_by, reason)
select
  wanted.rule, employment, case employment when 'zzp' then of_zzp else of_employee end, limit_value, limit_unit,
  case
    when wanted.rule in ('overlap', 'vca', 'guard-pass') then '{}'::text[]
    when employment = 'employee' and of_employee = 'block' then array['manager', 'admin']
    else array['ops', 'support', 'manager', 'admin']
  end,
  '2000-01-01T00:00:00Z', 'SecuryFlex', why
from (
  values
    ('overlap', 'block', 'block', null, null, 'A guard stands on one post at a time.'),
    ('vca', 'block', 'block', null, null, 'A VCA is valid until the end of the shift.'),
    ('guard-pass', 'block', 'block', null, null, 'A guard pass is valid until the end of the shift.'),
    ('pass-colour', 'warn', 'warn', null, null, 'Wpbr: the colour of the pass says for which work it is.'),
    ('pass-restriction', 'warn', 'warn', null, null, 'Wpbr: a pass may be for part of the work only.'),
    ('rest', 'warn', 'block', 11, 'hours', 'Arbeidstijdenwet: 11 hours between two shifts, for employees.'),
    ('shift-length', 'warn', 'block', 12, 'hours', 'Arbeidstijdenwet: 12 hours a shift, for employees.'),
    ('week', 'warn', 'block', 60, 'hours', 'Arbeidstijdenwet: 60 hours a week, for employees.'),
    ('unavailable', 'warn', 'warn', 24, 'hours', 'Who called off a shift a day away is likely not there.'),
    ('travel', 'warn', 'warn', 0, 'minutes', 'Whoever leaves too late is late.'),
    ('rate', 'warn', 'warn', 0, 'euro an hour', 'A guard who asks more than the shift pays costs margin.')
) as wanted (rule, of_zzp, of_employee, limit_value, limit_unit, why)
cross join unnest(array['zzp', 'employee']) as employment;
