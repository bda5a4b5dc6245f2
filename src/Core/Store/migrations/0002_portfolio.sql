create table source (
    key          text primary key,
    kind         text not null check (kind in ('Document', 'Register', 'Context')),
    title        text not null,
    publisher    text not null,
    date         text,
    date_note    text,
    date_note_fr text,
    known_by     text,
    url          text
);
create table organisation (
    key     text primary key,
    kind    text not null check (kind in ('Institution', 'Institute', 'Laboratory')),
    name    text not null,
    name_fr text,
    short   text,
    ror     text unique,
    country text,
    parent  text references organisation (key) deferrable initially deferred,
    source  text not null,
    wording text
);
create table instrument (
    key            text primary key,
    code           text not null,
    issuers        text,
    family         text not null,
    name           text not null,
    name_fr        text,
    description    text not null,
    description_fr text not null,
    source         text not null,
    wording        text
);
create table structure (
    key        text primary key,
    instrument text not null references instrument (key) deferrable initially deferred,
    name       text not null,
    name_fr    text,
    long_name  text,
    named      boolean not null,
    country    text,
    source     text not null,
    wording    text
);
create table person (
    key     text primary key,
    name    text not null,
    orcid   text,
    source  text not null,
    wording text
);
create table organisation_name (
    id           $identity,
    organisation text not null references organisation (key) deferrable initially deferred,
    name         text not null,
    kind         text not null check (kind in ('Also', 'Former')),
    since        text,
    until        text,
    source       text not null,
    wording      text
);
create table identifier (
    id           $identity,
    organisation text references organisation (key) deferrable initially deferred,
    structure    text references structure (key) deferrable initially deferred,
    scheme       text not null,
    value        text not null,
    source       text not null,
    wording      text,
    check ((organisation is null) <> (structure is null))
);
create table label (
    id         $identity,
    instrument text not null references instrument (key) deferrable initially deferred,
    code       text not null,
    name       text,
    name_fr    text,
    since      text,
    until      text,
    source     text not null,
    wording    text
);
create table rule (
    id            $identity,
    issuer        text references organisation (key) deferrable initially deferred,
    institute     text references organisation (key) deferrable initially deferred,
    instrument    text not null references instrument (key) deferrable initially deferred,
    campaign_year integer,
    version       integer not null,
    field         text not null,
    value         text not null,
    unit          text,
    value_fr      text,
    source        text not null,
    wording       text
);
create table act (
    id         $identity,
    structure  text not null references structure (key) deferrable initially deferred,
    event      text not null,
    date       text,
    until      text,
    date_kind  text not null,
    instrument text references instrument (key) deferrable initially deferred,
    label      text,
    name_then  text,
    what       text not null,
    what_fr    text not null,
    source     text not null,
    wording    text
);
create index act_structure on act (structure);
create table agreement (
    key       text primary key,
    structure text not null references structure (key) deferrable initially deferred,
    event     text not null,
    title     text not null,
    title_fr  text,
    replaces  text references agreement (key) deferrable initially deferred,
    source    text not null,
    wording   text
);
create table party (
    id           $identity,
    structure    text not null references structure (key) deferrable initially deferred,
    organisation text references organisation (key) deferrable initially deferred,
    role         text not null,
    name_then    text,
    event        text,
    since        text,
    until        text,
    source       text not null,
    wording      text
);
create index party_structure on party (structure);
create table site (
    id           $identity,
    structure    text not null references structure (key) deferrable initially deferred,
    kind         text not null check (kind in ('Main', 'Mirror', 'Partner')),
    name         text not null,
    name_fr      text,
    organisation text references organisation (key) deferrable initially deferred,
    country      text,
    since        text,
    until        text,
    source       text not null,
    wording      text
);
create table belonging (
    id        $identity,
    structure text not null references structure (key) deferrable initially deferred,
    centre    text not null references structure (key) deferrable initially deferred,
    since     text,
    until     text,
    source    text not null,
    wording   text
);
create table person_role (
    id          $identity,
    person      text not null references person (key) deferrable initially deferred,
    structure   text not null references structure (key) deferrable initially deferred,
    kind        text not null,
    side        text references organisation (key) deferrable initially deferred,
    affiliation text references organisation (key) deferrable initially deferred,
    since       text,
    until       text,
    source      text not null,
    wording     text
);
create table theme (
    id        $identity,
    structure text not null references structure (key) deferrable initially deferred,
    kind      text not null check (kind in ('Theme', 'Subject')),
    text      text not null,
    text_fr   text,
    position  integer not null,
    source    text not null,
    wording   text
);
create table fact (
    id        $identity,
    structure text not null references structure (key) deferrable initially deferred,
    field     text not null,
    text      text not null,
    text_fr   text not null,
    date      text,
    source    text not null,
    wording   text
);
create table note (
    id           $identity,
    topic        text not null,
    structure    text references structure (key) deferrable initially deferred,
    organisation text references organisation (key) deferrable initially deferred,
    text         text not null,
    text_fr      text not null,
    source       text not null,
    wording      text
);
