create table account (
    id                 $identity,
    email              text not null,
    normalized_email   text not null unique,
    name               text not null,
    password_hash      text,
    security_stamp     text not null,
    concurrency_stamp  text,
    two_factor_enabled boolean not null,
    last_code          text,
    created            text not null,
    closed             text
);
create table role_grant (
    id      $identity,
    account integer not null references account (id) deferrable initially deferred,
    role    text not null,
    side    text,
    scope   text
);
create index role_grant_account on role_grant (account);
create table account_login (
    login_provider        text not null,
    provider_key          text not null,
    provider_display_name text,
    user_id               integer not null references account (id) deferrable initially deferred,
    primary key (login_provider, provider_key)
);
create index account_login_user on account_login (user_id);
create table account_token (
    user_id        integer not null references account (id) deferrable initially deferred,
    login_provider text not null,
    name           text not null,
    value          text,
    primary key (user_id, login_provider, name)
);
create table account_passkey (
    credential_id text primary key,
    user_id       integer not null references account (id) deferrable initially deferred,
    data          text not null
);
create index account_passkey_user on account_passkey (user_id);
create table invitation (
    id        $identity,
    key_hash  text not null unique,
    kind      text not null check (kind in ('First', 'Invitation', 'Recovery')),
    email     text,
    name      text,
    role      text,
    side      text,
    scope     text,
    account   integer references account (id) deferrable initially deferred,
    made      text not null,
    made_by   integer references account (id) deferrable initially deferred,
    expires   text not null,
    used      text,
    used_by   integer references account (id) deferrable initially deferred,
    withdrawn text
);
create table session (
    id             $identity,
    key_hash       text not null unique,
    account        integer not null references account (id) deferrable initially deferred,
    security_stamp text not null,
    method         text not null,
    agent          text,
    address        text,
    created        text not null,
    last_seen      text not null,
    expires        text not null
);
create index session_account on session (account);
create table sign_in_attempt (
    id      $identity,
    at      text not null,
    address text not null,
    who     text
);
create index sign_in_attempt_address on sign_in_attempt (address, at);
create index sign_in_attempt_who on sign_in_attempt (who, at);
create table protection_key (
    id   $identity,
    name text not null,
    xml  text not null,
    made text not null
);
