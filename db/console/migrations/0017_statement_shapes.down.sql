drop index statement_texts_shape_idx;
alter table statement_texts drop column shape;
