drop function ops_feed_lineage();
drop table ops_feed;
