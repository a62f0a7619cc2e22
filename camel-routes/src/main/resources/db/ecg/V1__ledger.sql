-- The ledger: one row for each version of each ECG that a source showed us. H2 2.x and PostgreSQL; no name is qualified.

create table ledger_entry (
    id                bigint generated always as identity primary key,
    source            varchar(500)  not null,
    resource          varchar(200)  not null,
    version           varchar(100)  not null,
    source_updated    timestamp(6) with time zone not null,
    state             varchar(20)   not null,
    reason            varchar(60),
    detail            varchar(1000),
    priority          smallint      not null,
    attempts          integer       not null,
    failures          integer       not null,
    -- a row can be claimed from this instant; a claim moves it to the end of its lease, so that a crash frees the row by itself
    available_at      timestamp(6) with time zone not null,
    lease             varchar(80),
    target            varchar(200),
    model_hash        varchar(100),
    report_identifier varchar(200),
    discovered_at     timestamp(6) with time zone not null,
    interpreted_at    timestamp(6) with time zone,
    finished_at       timestamp(6) with time zone,
    constraint ledger_entry_once unique (source, resource, version),
    constraint ledger_entry_state
        check (state in ('DISCOVERED', 'INTERPRETED', 'DELIVERED', 'REFUSED', 'IGNORED', 'DEAD')),
    constraint ledger_entry_finished
        check ((finished_at is null) = (state in ('DISCOVERED', 'INTERPRETED'))),
    constraint ledger_entry_lease
        check (lease is null or state in ('DISCOVERED', 'INTERPRETED')),
    constraint ledger_entry_reason
        check (reason is not null or state not in ('REFUSED', 'IGNORED', 'DEAD')),
    constraint ledger_entry_report
        check (interpreted_at is not null and target is not null and model_hash is not null and report_identifier is not null
               or state not in ('INTERPRETED', 'DELIVERED'))
);

-- What waits for a source or for a target, most urgent first: a claim reads as many index entries as it takes rows.
create index ledger_entry_to_interpret on ledger_entry (state, source, priority, available_at);
create index ledger_entry_to_deliver on ledger_entry (state, target, priority, available_at);

-- Finished transaction Bundles that are not yet delivered. Removed together with the delivery; a dead row keeps its own for a replay.
create table ledger_outbox (
    entry_id bigint not null primary key references ledger_entry (id),
    bundle   text   not null
);

-- How far the pull from each source has come.
create table ledger_cursor (
    source      varchar(500) not null primary key,
    cursor_text varchar(500) not null,
    updated_at  timestamp(6) with time zone not null
);
