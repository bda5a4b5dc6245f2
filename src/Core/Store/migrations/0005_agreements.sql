alter table structure add column draft boolean not null default false;
alter table agreement add column starts text;
alter table agreement add column ends text;
alter table agreement add column lead_months integer;
alter table agreement add column renewable boolean;
alter table agreement add column terms text;
alter table agreement add column terms_fr text;
alter table agreement add column ended text;
alter table agreement add column ended_why text;
alter table agreement add column draft boolean not null default false;
alter table party add column agreement text references agreement (key) deferrable initially deferred;
create table signature (
    id        $identity,
    agreement text not null references agreement (key) deferrable initially deferred,
    side      text not null references organisation (key) deferrable initially deferred,
    signatory text not null,
    office    text,
    date      text,
    place     text,
    source    text not null,
    wording   text,
    audience  text not null default 'public'
);
create index signature_agreement on signature (agreement);
create table money (
    id        $identity,
    structure text not null references structure (key) deferrable initially deferred,
    side      text not null references organisation (key) deferrable initially deferred,
    year      integer not null,
    kind      text not null check (kind in ('Budget', 'Spent')),
    category  text not null check (category in ('Salaries', 'Mobility', 'Equipment', 'Meetings', 'Other')),
    amount    text not null,
    currency  text not null,
    source    text not null,
    wording   text,
    audience  text not null default 'public'
);
create index money_structure on money (structure);
create table shared (
    id        $identity,
    structure text not null references structure (key) deferrable initially deferred,
    kind      text not null check (kind in ('Facility', 'Data', 'Infrastructure')),
    name      text not null,
    name_fr   text,
    side      text references organisation (key) deferrable initially deferred,
    terms     text,
    terms_fr  text,
    source    text not null,
    wording   text,
    audience  text not null default 'public'
);
create index shared_structure on shared (structure);
create table suspension (
    id        $identity,
    structure text not null references structure (key) deferrable initially deferred,
    side      text not null references organisation (key) deferrable initially deferred,
    since     text not null,
    until     text,
    reason    text not null,
    scope     text not null,
    resumed_why text,
    source    text not null,
    wording   text,
    audience  text not null default 'public'
);
create index suspension_structure on suspension (structure);
create table amendment (
    id        $identity,
    agreement text not null,
    changes   text not null,
    reason    text,
    account   integer,
    at        text not null,
    state     text not null check (state in ('Open', 'InEffect', 'Withdrawn')),
    audience  text not null default 'both'
);
create index amendment_agreement on amendment (agreement);
create table approval (
    id        $identity,
    subject   text not null,
    amendment integer,
    side      text not null,
    hash      text not null,
    content   text not null,
    seen      integer not null,
    account   integer,
    at        text not null,
    withdrawn text,
    audience  text not null default 'both'
);
create index approval_subject on approval (subject);
create table document (
    id         $identity,
    subject    text not null,
    title      text not null,
    media_type text not null,
    sha256     text not null,
    size       integer not null,
    account    integer,
    at         text not null,
    audience   text not null default 'both'
);
create index document_subject on document (subject);
-- SQLite keeps bytes in a column of any type name.
create table document_content (
    sha256 text primary key,
    bytes  bytea not null
);
