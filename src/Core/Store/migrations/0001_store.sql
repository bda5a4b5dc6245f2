create table journal (
    id      $identity,
    at      text not null,
    who     text not null,
    verb    text not null,
    subject text not null,
    detail  text
);
create index journal_subject on journal (subject, at);
create table setting (
    name    text primary key,
    value   text not null
);
