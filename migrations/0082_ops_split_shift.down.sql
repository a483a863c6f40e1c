drop function ops_split_shift(bigint, timestamptz);
