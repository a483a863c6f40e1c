drop index sign_in_attempts_at_idx;
