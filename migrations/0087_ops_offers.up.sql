-- A shift offered to a self-employed guard, who takes it or not; no more than one at a time. Whoever does not take it is
-- followed by the first of `fallback_ids`. `shift_version` is the shift as it was offered.
create table ops_offers (
  id bigint generated always as identity primary key,
  shift_id bigint not null references shifts (id) on delete cascade,
  professional_id bigint not null references security_professionals (id) on delete cascade,
  hourly_rate numeric(10, 2) not null,
  run_id uuid not null,
  shift_version integer not null,
  reason text not null,
  override_reason text,
  rules text[] not null default '{}',
  fallback_ids bigint[] not null default '{}',
  minutes integer not null constraint valid_minutes check (minutes between 1 and 1440),
  state text not null default 'open'
    constraint valid_state check (state in ('open', 'accepted', 'declined', 'expired', 'withdrawn')),
  answer text constraint valid_answer check (answer in ('accepted', 'declined')),
  answered_at timestamptz,
  offered_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  note text,
  constraint ended_when_not_open check ((state = 'open') = (ended_at is null)),
  constraint answered_with_answer check ((answer is null) = (answered_at is null))
);
create unique index ops_offers_open_shift_id_idx on ops_offers (shift_id) where state = 'open';
create index ops_offers_shift_id_id_idx on ops_offers (shift_id, id);
create index ops_offers_professional_id_idx on ops_offers (professional_id);

alter table ops_offers owner to console_admin;
alter table ops_offers enable row level security;
alter table ops_offers force row level security;
revoke all on ops_offers from public, anon, authenticated;
grant select on ops_offers to console_read, console_ops;
grant insert, update on ops_offers to console_ops;
create policy console_reads on ops_offers for select to console_read, console_ops using (true);
create policy console_offers on ops_offers for insert to console_ops with check (true);
create policy console_ends on ops_offers for update to console_ops using (true) with check (true);
create policy console_administers on ops_offers to console_admin using (true) with check (true);

-- The guard's own answer, 'accepted' or 'declined', which the console settles by the rules within seconds. Returns
-- 'recorded', else why not: 'answered', 'expired', or the state in which the offer ended. Null where it is not theirs.
create function ops_answer_offer(answered_id bigint, given text) returns text
language plpgsql security definer
set search_path = ''
as $$
declare
  offer public.ops_offers;
begin
  if given is null or given not in ('accepted', 'declined') then
    raise exception 'An answer is accepted or declined.' using errcode = 'check_violation';
  end if;
  select * into offer from public.ops_offers
  where id = answered_id and professional_id = public.current_user_professional()
  for update;
  if not found then
    return null;
  end if;
  if offer.state <> 'open' then
    return offer.state;
  end if;
  if offer.answer is not null then
    return 'answered';
  end if;
  if offer.expires_at <= clock_timestamp() then
    return 'expired';
  end if;
  update public.ops_offers set answer = given, answered_at = clock_timestamp() where id = answered_id;
  return 'recorded';
end
$$;
alter function ops_answer_offer(bigint, text) owner to console_admin;
revoke execute on function ops_answer_offer(bigint, text) from public;
do $$
declare
  product_role text;
begin
  foreach product_role in array array['anon', 'service_role'] loop
    if to_regrole(product_role) is not null then
      execute format('revoke all on function ops_answer_offer(bigint, text) from %I', product_role);
    end if;
  end loop;
end
$$;
grant execute on function ops_answer_offer(bigint, text) to authenticated;
