-- Jobs that one node at a time does, such as polling a source. Whoever holds one renews it; when it is not renewed until held_until, by
-- this database's clock, another node takes it, with the next term.

create table ledger_duty (
    job        varchar(20)  not null,
    subject    varchar(500) not null,
    holder     varchar(80)  not null,
    node       varchar(100) not null,
    term       bigint       not null,
    since      timestamp(6) with time zone not null,
    held_until timestamp(6) with time zone not null,
    constraint ledger_duty_once primary key (job, subject)
);

-- Spreads work over the partitions of a topic so that one patient's ECGs stay in order: 0..65535, from the patient's reference, which
-- cannot be told from it.
alter table ledger_entry add column spread integer;
