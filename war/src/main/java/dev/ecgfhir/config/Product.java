package dev.ecgfhir.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What this product is. */
public final class Product {
    /** Its name. */
    public static final String NAME = "ECGFounder for FHIR";

    private Product() {}

    /** Returns its version, as the build wrote it down. */
    public static String version() {
        try (InputStream stream = Product.class.getResourceAsStream("product.properties")) {
            if (stream == null) {
                throw new IllegalStateException("the build did not write dev/ecgfhir/config/product.properties");
            }
            Properties properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("dev/ecgfhir/config/product.properties cannot be read", e);
        }
    }
}
