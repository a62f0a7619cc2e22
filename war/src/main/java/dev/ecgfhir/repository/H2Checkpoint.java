package dev.ecgfhir.repository;

import dev.ecgfhir.api.Durability;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Has H2 write at once. By itself it writes what was committed up to half a second later
 * (<a href="https://h2database.com/html/commands.html#set_write_delay">WRITE_DELAY</a>). Safe to share between threads.
 */
final class H2Checkpoint implements Durability {
    private final DataSource source;

    H2Checkpoint(DataSource source) {
        this.source = source;
    }

    @Override
    public void ensure() {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("checkpoint");
        } catch (SQLException e) {
            throw new IllegalStateException("the database could not write what it had taken", e);
        }
    }
}
