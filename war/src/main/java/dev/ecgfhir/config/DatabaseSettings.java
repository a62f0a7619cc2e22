package dev.ecgfhir.config;

/**
 * A database.
 *
 * @param jdbcUrl its address, H2 or PostgreSQL
 * @param user user name
 * @param password password
 */
public record DatabaseSettings(String jdbcUrl, String user, Secret password) {
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

    /** Names the database without user, password and parameters, which may hold one. */
    @Override
    public String toString() {
        return "DatabaseSettings[" + jdbcUrl.split("[;?]", 2)[0].replaceAll("//[^/@]*@", "//") + "]";
    }
}
