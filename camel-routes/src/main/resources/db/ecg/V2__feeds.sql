-- A source has several feeds, each with a cursor of its own: the search, its slower repetition, the deletions.

create table ledger_feed (
    source      varchar(500) not null,
    feed        varchar(20)  not null,
    cursor_text varchar(500) not null,
    updated_at  timestamp(6) with time zone not null,
    constraint ledger_feed_once primary key (source, feed)
);

insert into ledger_feed (source, feed, cursor_text, updated_at)
    select source, 'search', cursor_text, updated_at from ledger_cursor;

drop table ledger_cursor;
