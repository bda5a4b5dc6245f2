create table succession (
    id        $identity,
    structure text not null references structure (key) deferrable initially deferred,
    successor text not null references structure (key) deferrable initially deferred,
    kind      text not null check (kind in ('Renewed', 'Split', 'Merged', 'Renamed')),
    date      text,
    source    text not null,
    wording   text,
    audience  text not null default 'public'
);
create index succession_structure on succession (structure);
create index succession_successor on succession (successor);
create table goal (
    id        $identity,
    structure text not null references structure (key) deferrable initially deferred,
    goal      integer not null check (goal between 1 and 17),
    source    text not null,
    wording   text,
    audience  text not null default 'public'
);
create index goal_structure on goal (structure);
create table citation (
    id       $identity,
    subject  text not null,
    field    text not null,
    source   text not null,
    wording  text,
    audience text not null default 'public'
);
create index citation_subject on citation (subject);
