drop function certificate_valid_until(jsonb);
