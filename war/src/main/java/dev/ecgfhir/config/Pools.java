package dev.ecgfhir.config;

import com.zaxxer.hikari.HikariDataSource;

/** Opens connection pools. */
public final class Pools {
    private Pools() {}

    /**
     * Makes a pool; it connects at its first use.
     *
     * @param name for metrics and logs
     * @param settings the database
     * @param connections most at once
     * @return the pool; the caller closes it
     */
    public static HikariDataSource of(String name, DatabaseSettings settings, int connections) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setDriverClassName(settings.driver());
        pool.setJdbcUrl(settings.jdbcUrl());
        pool.setUsername(settings.user());
        pool.setPassword(settings.password().value());
        pool.setMaximumPoolSize(connections);
        if (!settings.postgresql()) {
            // a connection to a file does not wear out, and a new one would open a file again that H2 has closed
            // because it could not write
            pool.setMaxLifetime(0);
        }
        return pool;
    }
}
