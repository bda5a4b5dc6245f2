create table intake (
    id        $identity,
    account   integer references account (id) deferrable initially deferred,
    label     text not null,
    bytes     bytea not null,
    sha256    text not null,
    mapping   text not null,
    state     text not null check (state in ('Staged', 'Done', 'Undone')),
    made      text not null,
    ended     text,
    line      integer,
    added     integer not null default 0,
    changed   integer not null default 0,
    unchanged integer not null default 0,
    refused   integer not null default 0
);
create index intake_account on intake (account, made);
create table intake_shape (
    shape   text not null,
    account integer not null,
    mapping text not null,
    primary key (shape, account)
);
