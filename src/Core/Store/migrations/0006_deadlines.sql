create table deadline (
    key       text primary key,
    structure text references structure (key) deferrable initially deferred,
    agreement text references agreement (key) deferrable initially deferred,
    kind      text not null check (kind in ('Report', 'Review', 'Renewal', 'Other')),
    title     text not null,
    title_fr  text,
    due       text not null,
    lead_days integer,
    side      text references organisation (key) deferrable initially deferred,
    done      text,
    done_by   text,
    source    text not null,
    wording   text,
    audience  text not null default 'public',
    check ((structure is null) <> (agreement is null))
);
create index deadline_structure on deadline (structure);
create index deadline_agreement on deadline (agreement);
