-- Made from the record, and made again whenever it is missing or of another make: see docs/format/search.md.
create table search_entry (
    --sqlite: id integer primary key,
    --postgres: id bigint primary key,
    kind     text not null,
    key      text not null,
    title    text not null,
    title_fr text not null
    --postgres: , words tsvector not null
);
create index search_entry_thing on search_entry (kind, key);
--sqlite: create virtual table search_words using fts5 (words, content = '', contentless_delete = 1, detail = none, prefix = '2 3 4 6 8 10', tokenize = 'ascii');
--postgres: create index search_entry_words on search_entry using gin (words) with (fastupdate = off);
create table search_state (
    name  text primary key,
    value text not null
);
-- On an empty record the index is as it should be, and follows every write from here.
insert into search_state (name, value) select 'make', '1' where not exists (select 1 from journal);
