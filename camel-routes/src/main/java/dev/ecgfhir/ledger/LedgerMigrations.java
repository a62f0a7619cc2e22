package dev.ecgfhir.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the ledger's schema to this version's form. */
public final class LedgerMigrations {
    /**
     * What the address of an H2 database must carry. H2 2.3.232 compacts a file while it closes it, and an assertion in that compaction
     * can fail; closed and opened again within seconds, as at a quick restart, the file was then without the rows of the last run: in
     * 13 of 16 restarts of the routes' test on a busy machine, beside none of 8 without this compaction. Later runs lost nothing, 48 restarts with it and 40
     * without; what else it takes is not known.
     */
    public static final String H2_SETTING = "MAX_COMPACT_TIME=0";

    /** H2's own code and SQL state of a file that is damaged. */
    private static final String FILE_CORRUPTED = "90030";

    private static final Logger LOG = LoggerFactory.getLogger(LedgerMigrations.class);

    private LedgerMigrations() {}

    /**
     * Creates the schema and its tables, or brings them up to date. Safe to call at every start and from several nodes at once.
     *
     * <p>The data source's own connections must not name a schema that does not exist yet; a pool for the ledger that does
     * ({@code HikariDataSource.setSchema}) is opened afterwards, with the name that this method returns.
     *
     * @param dataSource a user who may create schemas and tables
     * @param schema name of the ledger's schema in lower case, for example {@code ecg}
     * @param others further schemas to create, for other owners, if they are not there
     * @return the schema's name as the database knows it: H2 writes it in upper case
     */
    public static String migrate(DataSource dataSource, String schema, String... others) {
        String name = nameIn(dataSource, schema);
        String[] schemas = Stream.concat(Stream.of(schema), Arrays.stream(others))
                .map(one -> nameIn(dataSource, one))
                .toArray(String[]::new);
        Flyway.configure(LedgerMigrations.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/ecg")
                .defaultSchema(name)
                .schemas(schemas)
                .createSchemas(true)
                .cleanDisabled(true)
                .load()
                .migrate();
        warnOfCompaction(dataSource);
        return name;
    }

    private static void warnOfCompaction(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            String address = connection.getMetaData().getURL();
            if (!address.startsWith("jdbc:h2:") || address.startsWith("jdbc:h2:mem:")) {
                return;
            }
            boolean off = Sql.query(
                            connection,
                            "select setting_value from information_schema.settings where setting_name = ?",
                            row -> row.getString("setting_value"),
                            "MAX_COMPACT_TIME")
                    .contains("0");
            if (!off) {
                LOG.warn(
                        "the H2 database {} is opened without {}; after a quick restart it can come back without its last"
                                + " rows, and reports would be lost. Add ;{} to its address",
                        address.split(";", 2)[0],
                        H2_SETTING,
                        H2_SETTING);
            }
        } catch (SQLException e) {
            throw new LedgerException("asking the database for its settings", e);
        }
    }

    /**
     * Reads every row of a ledger in H2 once, so that a damaged page shows at the start and not at night. H2 itself looks at a page when it
     * needs it, and at little more than its place and length. PostgreSQL is left to its own checksums.
     *
     * @param dataSource as for {@link #migrate}
     * @param schema its schema as the database knows it
     * @throws LedgerException if a row cannot be read
     */
    public static void readThrough(DataSource dataSource, String schema) {
        new Sql(dataSource).statements("reading the ledger through", connection -> {
            if (connection.getMetaData().getURL().startsWith("jdbc:h2:")) {
                for (String table : Sql.query(
                        connection,
                        "select table_name from information_schema.tables where table_schema = ?",
                        row -> row.getString(1),
                        schema)) {
                    readThrough(connection, schema, table);
                }
            }
            return schema;
        });
    }

    /** One row at a time: by itself H2 would first collect them all. */
    private static void readThrough(Connection connection, String schema, String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lazy_query_execution 1");
            try (ResultSet rows = statement.executeQuery("select * from \"" + schema + "\".\"" + table + "\"")) {
                while (rows.next()) {
                    readThrough(rows, table);
                }
            }
        }
    }

    /** Bytes that a disk has lost are often zeros, and those H2 reads as nothing. */
    private static void readThrough(ResultSet row, String table) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            if (row.getString(column) == null && columns.isNullable(column) == ResultSetMetaData.columnNoNulls) {
                throw new SQLException(
                        "a row of " + table + " has no " + columns.getColumnName(column) + ", which every row has",
                        FILE_CORRUPTED,
                        Integer.parseInt(FILE_CORRUPTED));
            }
        }
    }

    /**
     * Tells a schema's name as a database writes it. Flyway and JDBC quote such names, so that their case matters.
     *
     * @param dataSource the database
     * @param schema the name in any case
     * @return upper case on H2, lower case elsewhere
     */
    public static String nameIn(DataSource dataSource, String schema) {
        try (Connection connection = dataSource.getConnection()) {
            boolean folds = connection.getMetaData().storesUpperCaseIdentifiers();
            return folds ? schema.toUpperCase(Locale.ROOT) : schema.toLowerCase(Locale.ROOT);
        } catch (SQLException e) {
            throw new LedgerException("asking the database how it writes names", e);
        }
    }
}
