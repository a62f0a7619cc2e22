package dev.ecgfhir.repository;

import ca.uhn.fhir.jpa.migrate.DriverTypeEnum;
import ca.uhn.fhir.jpa.migrate.HapiMigrationStorageSvc;
import ca.uhn.fhir.jpa.migrate.SchemaMigrator;
import ca.uhn.fhir.jpa.migrate.dao.HapiMigrationDao;
import ca.uhn.fhir.jpa.migrate.tasks.HapiFhirJpaMigrationTasks;
import ca.uhn.fhir.util.VersionEnum;
import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.config.DatabaseSettings;
import dev.ecgfhir.config.Pools;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;

/** Makes the repository's schema and brings its tables to the version of HAPI in use. */
final class RepositoryDatabase {
    /** The schema; the pool sets it on each connection, for HAPI's search SQL never qualifies a table. */
    static final String SCHEMA = "fhir";

    private RepositoryDatabase() {}

    /** Creates the schema where it is missing, on a connection of its own. */
    static void createSchema(DatabaseSettings settings) {
        try (HikariDataSource plain = Pools.of("repository-schema", settings, 1);
                Connection connection = plain.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema if not exists " + settings.schema(SCHEMA));
        } catch (SQLException e) {
            throw new IllegalStateException("schema " + SCHEMA + " could not be created in " + settings, e);
        }
    }

    /** Returns a pool whose connections stand in the schema. */
    static HikariDataSource schemaPool(DatabaseSettings settings) {
        HikariDataSource pool = Pools.of("repository", settings, 10);
        pool.setSchema(settings.schema(SCHEMA));
        return pool;
    }

    /** Runs HAPI's own migrations; an empty schema gets the shipped one. */
    static void migrate(DataSource source, DatabaseSettings settings) {
        DriverTypeEnum driver = settings.postgresql() ? DriverTypeEnum.POSTGRES_9_4 : DriverTypeEnum.H2_EMBEDDED;
        String table = SchemaMigrator.HAPI_FHIR_MIGRATION_TABLENAME;
        SchemaMigrator migrator = new SchemaMigrator(
                "FHIR",
                table,
                source,
                false,
                null,
                false,
                new Properties(),
                new HapiFhirJpaMigrationTasks(Set.of()).getAllTasks(VersionEnum.values()),
                new HapiMigrationStorageSvc(new HapiMigrationDao(source, driver, table)));
        migrator.setDriverType(driver);
        migrator.createMigrationTableIfRequired();
        migrator.migrate();
    }
}
