package dev.ecgfhir.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ecgfhir.config.DatabaseException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real drivers throw is met in BrokenStorageTest of the module tests; here, what is made of it. */
class DatabaseExceptionTest {
    private static final DatabaseSettings H2 =
            new DatabaseSettings("jdbc:h2:file:/data/ecgfhir;PASSWORD=x", "sa", new Secret("y"));
    private static final DatabaseSettings POSTGRES =
            new DatabaseSettings("jdbc:postgresql://me:x@db.example:5433/ecg?password=x", "me", new Secret("x"));

    @ParameterizedTest
    @CsvSource({
        "90030, 90030, FILE_DAMAGED",
        "90098, 90098, FILE_CLOSED",
        "90020, 90020, FILE_IN_USE",
        "0, 08006, UNREACHABLE",
        "0, 57P01, UNREACHABLE",
        "0, 42501, OTHER"
    })
    void knows_the_codes_of_drivers(int code, String state, Reason reason) {
        assertThat(DatabaseException.of("ledger", H2, new RuntimeException(new SQLException("secret", state, code)))
                        .reason())
                .isEqualTo(reason);
    }

    @Test
    void sees_the_full_disk_behind_a_file_that_was_closed() {
        SQLException closed = new SQLException("closed", "90098", 90098, new IOException("No space left on device"));
        DatabaseException failure = DatabaseException.of("ledger", H2, closed);
        assertThat(failure.reason()).isEqualTo(Reason.DISK_FULL);
        assertThat(failure.reason().isFinal()).isTrue();
        assertThat(failure)
                .hasMessage("ledger: the H2 file " + Path.of("/data/ecgfhir.mv.db")
                        + " cannot be written: its disk is full. Make room there and start the server again; nothing that was"
                        + " accepted is lost (docs/operations.md, 'A full disk')");
    }

    @Test
    void names_a_database_on_a_server_without_user_and_password() {
        DatabaseException failure =
                DatabaseException.of("ledger", POSTGRES, new SQLTransientConnectionException("pool: timed out"));
        assertThat(failure.reason().isFinal()).isFalse();
        assertThat(failure)
                .hasMessage(
                        "ledger: the database postgresql://db.example:5433/ecg does not answer. Bring it back; nothing is"
                                + " lost, and a running server goes on by itself");
    }
}
