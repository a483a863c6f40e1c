drop table audit_verifications;
