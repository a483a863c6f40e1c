-- Null where it was not told yet; empty where the text is not understood.
alter table statement_texts add column shape text;
create index statement_texts_shape_idx on statement_texts (shape);
