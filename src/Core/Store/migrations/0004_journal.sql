alter table journal add column salt text;
alter table journal add column content_hash text;
alter table journal add column changes_hash text;
alter table journal add column hash text;
alter table journal add column erased_at text;
create table journal_change (
    line       integer not null references journal (id),
    position   integer not null,
    table_name text not null,
    row_key    text not null,
    record     text not null,
    audience   text,
    before     text,
    after      text,
    salt       text not null,
    hash       text not null,
    erased_at  text,
    primary key (line, position)
);
create index journal_change_record on journal_change (record, line);
create index journal_change_row on journal_change (table_name, row_key, line);
create table journal_head (
    id   integer primary key check (id = 1),
    line integer not null,
    hash text not null
);
insert into journal_head (id, line, hash) select 1, coalesce(max(id), 0), '' from journal;
alter table source add column audience text not null default 'public';
alter table organisation add column audience text not null default 'public';
alter table instrument add column audience text not null default 'public';
alter table structure add column audience text not null default 'public';
alter table person add column audience text not null default 'public';
alter table organisation_name add column audience text not null default 'public';
alter table identifier add column audience text not null default 'public';
alter table label add column audience text not null default 'public';
alter table rule add column audience text not null default 'public';
alter table act add column audience text not null default 'public';
alter table agreement add column audience text not null default 'public';
alter table party add column audience text not null default 'public';
alter table site add column audience text not null default 'public';
alter table belonging add column audience text not null default 'public';
alter table person_role add column audience text not null default 'public';
alter table theme add column audience text not null default 'public';
alter table fact add column audience text not null default 'public';
alter table note add column audience text not null default 'public';
alter table claim add column audience text not null default 'public';
