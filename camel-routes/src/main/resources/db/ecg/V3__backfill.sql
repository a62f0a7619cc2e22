-- Jobs that fill the ledger from a source's archive. A job's cursor moves in the transaction that gives the rows before it their places.

create table ledger_backfill (
    id          bigint generated always as identity primary key,
    -- the source's name in the configuration
    source      varchar(100)  not null,
    kind        varchar(20)   not null,
    from_time   timestamp(6) with time zone,
    until_time  timestamp(6) with time zone,
    -- new ECGs a minute; 0 has no limit
    rate        integer       not null,
    state       varchar(20)   not null,
    reason      varchar(60),
    detail      varchar(1000),
    -- counts the changes of this row: who works by an older one changes nothing
    revision    bigint        not null,
    cursor_text varchar(4000) not null,
    -- how far it is, in units of its own; all_parts is 0 while it is not known
    done_parts  bigint        not null,
    all_parts   bigint        not null,
    found       bigint        not null,
    discovered  bigint        not null,
    passed      bigint        not null,
    bad         bigint        not null,
    created_at  timestamp(6) with time zone not null,
    updated_at  timestamp(6) with time zone not null,
    finished_at timestamp(6) with time zone,
    constraint ledger_backfill_kind check (kind in ('SEARCH', 'EXPORT')),
    constraint ledger_backfill_state check (state in ('RUNNING', 'PAUSED', 'DONE', 'FAILED', 'CANCELLED')),
    constraint ledger_backfill_reason check (reason is not null or state <> 'FAILED'),
    constraint ledger_backfill_counts check (discovered <= found)
);
