-- ECGs whose leads are one Observation each. A group is one such ECG; its rows wait for each other until due_at, then one of them leads.

create table ledger_group (
    id           bigint generated always as identity primary key,
    source       varchar(500) not null,
    -- a hash over server, patient and device: neither can be read from it
    group_key    varchar(64)  not null,
    effective_at timestamp(6) with time zone not null,
    due_at       timestamp(6) with time zone not null
);

create index ledger_group_found on ledger_group (group_key, effective_at);

create table ledger_group_member (
    entry_id  bigint     not null primary key references ledger_entry (id) on delete cascade,
    group_id  bigint     not null references ledger_group (id),
    -- absent where the version withdraws the lead
    lead_name varchar(5),
    -- false when a newer version of the lead has come
    present   boolean    not null
);

create index ledger_group_members on ledger_group_member (group_id);

-- One row for each source with groups: whoever changes groups of a source holds it.
create table ledger_group_lock (
    source varchar(500) not null primary key
);
