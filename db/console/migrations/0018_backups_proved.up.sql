create index backups_proved_idx on backups (database_name, snapshot_at) where state = 'complete' and proof = 'proved';
