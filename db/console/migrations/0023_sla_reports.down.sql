drop table sla_reports;
