package dev.ecgfhir.repository;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.config.util.ResourceCountCacheUtil;
import ca.uhn.fhir.jpa.dao.search.HSearchSortHelperImpl;
import ca.uhn.fhir.jpa.dao.search.IHSearchSortHelper;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.search.IStaleSearchDeletingSvc;
import ca.uhn.fhir.jpa.search.StaleSearchDeletingSvcImpl;
import ca.uhn.fhir.jpa.searchparam.extractor.ISearchParamExtractor;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.jpa.util.ResourceCountCache;
import ca.uhn.fhir.rest.api.IResourceSupportedSvc;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.api.Durability;
import dev.ecgfhir.api.EcgStore;
import dev.ecgfhir.api.OwnEndpoint;
import dev.ecgfhir.api.ReportCounts;
import dev.ecgfhir.api.UnreviewedReports;
import dev.ecgfhir.config.DatabaseException;
import dev.ecgfhir.config.DatabaseSettings;
import dev.ecgfhir.config.Settings;
import jakarta.persistence.EntityManagerFactory;
import java.util.Properties;
import java.util.Set;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * HAPI's JPA server with as little of it as starts.
 *
 * <p>HapiJpaConfig is left out on purpose: its IFulltextSearchSvc makes {@code $expand} fail where Hibernate Search is off. Its other
 * five beans stand here. batch2 and its in-memory channel are there because the terminology services ask for them.
 */
@Configuration
@ConditionalOnProperty(name = "ecgfhir.repository.enabled", matchIfMissing = true)
@Import({
    JpaR4Config.class,
    JpaBatch2Config.class,
    Batch2JobsConfig.class,
    SubscriptionChannelConfig.class,
    ThreadPoolFactoryConfig.class
})
public class RepositoryConfiguration {
    @Bean
    static UnservedTypes unservedTypes() {
        return new UnservedTypes(ServedTypes.names());
    }

    @Bean
    JpaStorageSettings storageSettings(FhirContext context) {
        // A report names the version of the ECG that it was made from; HAPI takes versions out of references unless
        // told not to.
        context.getParserOptions().setStripVersionsFromReferences(false);
        return StorageSettings.create();
    }

    @Bean
    @Primary
    ISearchParamExtractor plainSearchParamExtractor(PartitionSettings partitions) {
        return new PlainSearchParamExtractor(partitions);
    }

    @Bean
    static OfferedParameters offeredParameters() {
        return new OfferedParameters(FhirContext.forR4Cached());
    }

    /** Before anything is stored or answered: HAPI's first look takes what is stored, the second asks {@link OfferedParameters} too. */
    @Bean
    SmartInitializingSingleton parametersChanged(ISearchParamRegistry parameters) {
        return () -> {
            parameters.forceRefresh();
            parameters.forceRefresh();
        };
    }

    @Bean
    PlaceholderPolicy placeholderPolicy(IInterceptorService interceptors) {
        PlaceholderPolicy policy = new PlaceholderPolicy();
        interceptors.registerInterceptor(policy);
        return policy;
    }

    @Bean
    TerminologyLoader terminologyLoader(DaoRegistry types) {
        return new TerminologyLoader(types);
    }

    @Bean
    EcgStore ecgStore(DaoRegistry types, OwnEndpoint own) {
        return new RepositoryStore(types, own);
    }

    @Bean
    ReportCounts reportCounts(HikariDataSource repositoryDataSource, PartitionSettings partitions) {
        return new RepositoryReportCounts(repositoryDataSource, partitions);
    }

    /** PostgreSQL has written when a transaction ends. */
    @Bean
    Durability durability(HikariDataSource repositoryDataSource, Settings settings) {
        return settings.repository().database().postgresql() ? () -> {} : new H2Checkpoint(repositoryDataSource);
    }

    @Bean
    UnreviewedReports unreviewedReports(DaoRegistry types) {
        return new RepositoryUnreviewedReports(types);
    }

    @Bean
    PartitionSettings partitionSettings() {
        return new PartitionSettings();
    }

    @Bean
    SubscriptionSettings subscriptionSettings() {
        return new SubscriptionSettings();
    }

    @Bean
    IHSearchSortHelper searchSortHelper(ISearchParamRegistry parameters) {
        return new HSearchSortHelperImpl(parameters);
    }

    @Bean
    IStaleSearchDeletingSvc staleSearchDeleting() {
        return new StaleSearchDeletingSvcImpl();
    }

    @Bean
    DatabaseBackedPagingProvider pagingProvider() {
        DatabaseBackedPagingProvider paging = new DatabaseBackedPagingProvider();
        paging.setDefaultPageSize(50);
        // An ECG can have half a megabyte: this many on a page are still answered from a small heap.
        paging.setMaximumPageSize(200);
        return paging;
    }

    @Bean
    IResourceSupportedSvc resourceSupported() {
        return Set.copyOf(ServedTypes.names())::contains;
    }

    @Bean(name = "myResourceCountsCache")
    ResourceCountCache resourceCounts(IFhirSystemDao<?, ?> system) {
        return ResourceCountCacheUtil.newResourceCountCache(system);
    }

    /** After the ledger's own migrations, so that a start that fails there has not touched the repository. */
    @Bean
    @Primary
    @DependsOn("ledger")
    HikariDataSource repositoryDataSource(Settings settings) {
        DatabaseSettings database = settings.repository().database();
        try {
            RepositoryDatabase.createSchema(database);
            HikariDataSource pool = RepositoryDatabase.schemaPool(database);
            RepositoryDatabase.migrate(pool, database);
            return pool;
        } catch (RuntimeException e) {
            throw DatabaseException.of("repository", database, e);
        }
    }

    @Bean
    @Primary
    @DependsOn("repositoryDataSource")
    LocalContainerEntityManagerFactoryBean entityManagerFactory(
            HikariDataSource repositoryDataSource,
            ConfigurableListableBeanFactory beans,
            FhirContext context,
            JpaStorageSettings storage,
            Settings settings) {
        LocalContainerEntityManagerFactoryBean factory =
                HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, context, storage);
        factory.setPersistenceUnitName("ecgfhir-repository");
        factory.setDataSource(repositoryDataSource);
        factory.setJpaProperties(hibernate(settings.repository().database().postgresql()));
        return factory;
    }

    private static Properties hibernate(boolean postgresql) {
        Properties properties = new Properties();
        properties.put(
                "hibernate.dialect",
                "ca.uhn.fhir.jpa.model.dialect." + (postgresql ? "HapiFhirPostgresDialect" : "HapiFhirH2Dialect"));
        if (!postgresql) {
            properties.put("hibernate.session_factory.statement_inspector", new OuterJoinOrder());
        }
        properties.put("hibernate.hbm2ddl.auto", "none");
        properties.put("hibernate.archive.scanner", "org.hibernate.boot.archive.scan.internal.DisabledScanner");
        properties.put("hibernate.jdbc.batch_size", "20");
        properties.put("hibernate.cache.use_query_cache", "false");
        properties.put("hibernate.cache.use_second_level_cache", "false");
        properties.put("hibernate.search.enabled", "false");
        return properties;
    }

    @Bean
    @Primary
    JpaTransactionManager transactionManager(EntityManagerFactory factory) {
        return new JpaTransactionManager(factory);
    }
}
