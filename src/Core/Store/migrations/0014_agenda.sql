create table calendar_feed (
    id         $identity,
    account    integer not null,
    name       text not null,
    lang       text not null check (lang in ('En', 'Fr')),
    token_hash text not null unique,
    made       text not null,
    last_read  text,
    withdrawn  text
);
create index calendar_feed_account on calendar_feed (account);
create table reminder (
    account integer primary key,
    every   text not null check (every in ('Day', 'Week', 'Never')),
    lang    text not null check (lang in ('En', 'Fr'))
);
