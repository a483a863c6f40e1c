drop function ops_answer_offer(bigint, text);
drop table ops_offers;
