drop index backups_proved_idx;
