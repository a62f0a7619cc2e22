-- Subscriptions that we asked sources for. The secret is what notifications carry; whoever reads this database reads reports too.

create table ledger_subscription (
    source      varchar(500) not null primary key,
    -- tells what was asked for; another setting asks anew
    asked       varchar(1000) not null,
    secret      varchar(100) not null,
    resource_id varchar(200),
    state       varchar(20)  not null,
    ends_at     timestamp(6) with time zone not null,
    look_at     timestamp(6) with time zone not null,
    -- the highest event number that came, and when anything came last
    last_event  bigint       not null,
    heard_at    timestamp(6) with time zone not null,
    -- a search is due while fewer wishes are fulfilled than were made
    wishes      bigint       not null,
    fulfilled   bigint       not null,
    constraint ledger_subscription_state check (state in ('REQUESTED', 'ACTIVE', 'ERROR', 'OFF', 'REFUSED'))
);
