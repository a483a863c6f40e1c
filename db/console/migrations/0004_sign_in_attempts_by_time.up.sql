create index sign_in_attempts_at_idx on sign_in_attempts (at);
