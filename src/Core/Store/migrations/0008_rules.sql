alter table source add column retrieved text;
alter table rule add column since text;
alter table rule add column until text;
create table contest (
    id       $identity,
    subject  text not null,
    finding  text not null,
    quoted   text not null,
    reason   text not null,
    who      text not null,
    at       text not null,
    audience text not null
);
create index contest_subject on contest (subject);
create table settlement (
    id       $identity,
    subject  text not null,
    field    text not null,
    accepted text not null,
    reason   text not null,
    who      text not null,
    at       text not null,
    audience text not null
);
create index settlement_subject on settlement (subject);
