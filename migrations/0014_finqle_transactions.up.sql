-- adopt table: finqle_transactions (id bigint, shift_id bigint, professional_id bigint, amount numeric, status, created_at timestamp with time zone, approved_at timestamp with time zone, paid_at timestamp with time zone)
create table finqle_transactions (
  id bigint generated always as identity primary key,
  shift_id bigint not null references shifts (id),
  professional_id bigint not null references security_professionals (id),
  amount numeric(10, 2) not null,
  status text not null default 'pending'
    constraint valid_status check (status in ('pending', 'approved', 'paid', 'failed')),
  created_at timestamptz not null default now(),
  approved_at timestamptz,
  paid_at timestamptz
);
create index finqle_transactions_shift_id_idx on finqle_transactions (shift_id);
create index finqle_transactions_professional_id_idx on finqle_transactions (professional_id);

grant select on finqle_transactions to authenticated;
