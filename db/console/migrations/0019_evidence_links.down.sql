drop table evidence_links;
