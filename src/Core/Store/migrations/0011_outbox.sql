create table mail_server (
    id        integer primary key check (id = 1),
    host      text not null,
    port      integer not null,
    security  text not null check (security in ('None', 'StartTls', 'Tls')),
    account   text,
    password  text,
    sender    text not null,
    name      text,
    pin       text,
    site      text
);
create table message (
    id         $identity,
    key        text not null unique,
    account    integer,
    address    text not null,
    lang       text not null check (lang in ('En', 'Fr')),
    subject    text not null,
    body       text not null,
    state      text not null check (state in ('Pending', 'Sending', 'Sent', 'Failed', 'Uncertain', 'GivenUp')),
    attempts   integer not null,
    made       text not null,
    next_try   text not null,
    message_id text not null unique,
    node       text,
    claimed    text,
    settled    text,
    answer     text
);
create index message_state on message (state, next_try);
create index message_account on message (account);
create table job (
    name     text primary key,
    last_day text,
    last_run text,
    outcome  text,
    node     text,
    lease    text
);
