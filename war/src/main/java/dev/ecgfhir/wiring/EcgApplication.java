package dev.ecgfhir.wiring;

import dev.ecgfhir.api.CdsConfiguration;
import dev.ecgfhir.api.FhirServerConfiguration;
import dev.ecgfhir.repository.RepositoryConfiguration;
import dev.ecgfhir.security.SecurityConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.data.jpa.JpaRepositoriesAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration;
import org.springframework.boot.autoconfigure.quartz.QuartzAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The application's parts; no class path is scanned. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {
            DataSourceAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            HibernateJpaAutoConfiguration.class,
            JpaRepositoriesAutoConfiguration.class,
            QuartzAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class
        },
        excludeName = {
            "org.springframework.boot.autoconfigure.thymeleaf.ThymeleafAutoConfiguration",
            "org.springframework.boot.autoconfigure.elasticsearch.ElasticsearchRestClientAutoConfiguration",
            "org.springframework.boot.autoconfigure.elasticsearch.ElasticsearchClientAutoConfiguration"
        })
@Import({
    LedgerConfiguration.class,
    InterpretConfiguration.class,
    SecurityConfiguration.class,
    RepositoryConfiguration.class,
    FhirServerConfiguration.class,
    CdsConfiguration.class,
    WebConfiguration.class,
    RoutesConfiguration.class,
    BackfillsConfiguration.class,
    CommandsConfiguration.class
})
class EcgApplication {}
