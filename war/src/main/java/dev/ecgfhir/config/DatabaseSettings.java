package dev.ecgfhir.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A database.
 *
 * @param jdbcUrl its address, H2 or PostgreSQL
 * @param user user name
 * @param password password
 */
public record DatabaseSettings(String jdbcUrl, String user, Secret password) {
    /** Which addresses are taken. */
    static final String ALLOWED = "jdbc:h2:... or jdbc:postgresql:...";

    private static final String FILE = "jdbc:h2:file:";

    /** Returns true for PostgreSQL, false for H2. */
    public boolean postgresql() {
        return jdbcUrl.startsWith("jdbc:postgresql:");
    }

    /** Returns the class of the driver; a servlet container's DriverManager does not see those in WEB-INF/lib. */
    public String driver() {
        return postgresql() ? "org.postgresql.Driver" : "org.h2.Driver";
    }

    /**
     * Returns a schema's name as the database stores it: H2 folds unquoted names up, PostgreSQL down.
     *
     * @param name the schema
     * @return the name to hand to {@code Connection.setSchema}
     */
    public String schema(String name) {
        return postgresql() ? name.toLowerCase(java.util.Locale.ROOT) : name.toUpperCase(java.util.Locale.ROOT);
    }

    /** Returns the file of an H2 database in a file; empty for any other. */
    public Optional<Path> file() {
        return jdbcUrl.startsWith(FILE)
                ? Optional.of(Path.of(jdbcUrl.substring(FILE.length()).split(";", 2)[0] + ".mv.db"))
                : Optional.empty();
    }

    /** Names the database for people: its file, or its address without user, password and parameters, which may hold one. */
    public String place() {
        return file().map(file -> "the H2 file " + file)
                .orElseGet(() -> "the database "
                        + jdbcUrl.split("[;?]", 2)[0]
                                .replaceAll("//[^/@]*@", "//")
                                .replaceFirst("^jdbc:", ""));
    }

    /** Names the database without user, password and parameters, which may hold one. */
    @Override
    public String toString() {
        return "DatabaseSettings[" + jdbcUrl.split("[;?]", 2)[0].replaceAll("//[^/@]*@", "//") + "]";
    }
}
