drop table statement_plans;
