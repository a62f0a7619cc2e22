package dev.ecgfhir.repository;

import ca.uhn.fhir.batch2.api.IJobMaintenanceService;
import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.batch2.jobs.export.BulkDataExportProvider;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.config.util.ResourceCountCacheUtil;
import ca.uhn.fhir.jpa.dao.search.HSearchSortHelperImpl;
import ca.uhn.fhir.jpa.dao.search.IHSearchSortHelper;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.search.IStaleSearchDeletingSvc;
import ca.uhn.fhir.jpa.search.StaleSearchDeletingSvcImpl;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.jpa.subscription.match.config.SubscriptionProcessorConfig;
import ca.uhn.fhir.jpa.subscription.match.deliver.email.IEmailSender;
import ca.uhn.fhir.jpa.subscription.model.CanonicalSubscription;
import ca.uhn.fhir.jpa.subscription.model.ResourceDeliveryMessage;
import ca.uhn.fhir.jpa.subscription.submit.config.SubscriptionSubmitterConfig;
import ca.uhn.fhir.jpa.topic.R4SubscriptionTopicLoader;
import ca.uhn.fhir.jpa.topic.SubscriptionTopicConfig;
import ca.uhn.fhir.jpa.util.ResourceCountCache;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.IResourceSupportedSvc;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import com.zaxxer.hikari.HikariDataSource;
import dev.ecgfhir.config.DatabaseSettings;
import dev.ecgfhir.config.Secret;
import jakarta.persistence.EntityManagerFactory;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.hl7.fhir.dstu2.model.Subscription;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * A hospital's FHIR server: HAPI's JPA server as others run it, with its own subscriptions, history, deletions and Bulk Data export, H2 in
 * memory, on Tomcat. It knows nothing of this product.
 *
 * <p>It answers under several addresses, {@code /one}, {@code /two} and so on, each as if it were a server of its own.
 */
public final class Hospital {
    private static Hospital started;

    private final AnnotationConfigApplicationContext context;
    private final Tomcat tomcat = new Tomcat();
    private final Deliveries deliveries = new Deliveries();

    private Hospital() throws LifecycleException {
        context = new AnnotationConfigApplicationContext(Storage.class);
        context.getBean(IInterceptorService.class).registerInterceptor(deliveries);
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("relaxedQueryChars", "|");
        Context web = tomcat.addContext("", null);
        FilterDef patience = new FilterDef();
        patience.setFilterName("impatient");
        patience.setFilter(new Impatient());
        web.addFilterDef(patience);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName("impatient");
        everywhere.addURLPattern("/*");
        web.addFilterMap(everywhere);
        for (String name : Set.of("one", "two", "three", "four", "five", "six")) {
            Wrapper servlet = Tomcat.addServlet(web, name, servlet());
            servlet.setLoadOnStartup(1);
            web.addServletMappingDecoded("/" + name + "/*", name);
        }
        tomcat.start();
    }

    /** Returns the one of this JVM. */
    public static synchronized Hospital started() {
        if (started == null) {
            try {
                started = new Hospital();
            } catch (LifecycleException e) {
                throw new IllegalStateException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(started::stop));
        }
        return started;
    }

    /** Returns its base address under one of its names. */
    public String url(String name) {
        return "http://localhost:" + tomcat.getConnector().getLocalPort() + "/" + name;
    }

    /** Has background jobs take their next step, which HAPI's scheduler does once a minute. */
    public void work() {
        context.getBean(IJobMaintenanceService.class).runMaintenancePass();
    }

    /** Has it know the topics that are stored, for which it looks once a minute; what happens before is told to nobody. */
    public void learnTopics() {
        context.getBean(R4SubscriptionTopicLoader.class).forceRefresh();
    }

    /** Returns how many notifications of a subscription were taken at the first try. */
    public long taken(String subscription) {
        return deliveries.taken.stream().filter(subscription::equals).count();
    }

    /** Returns the subscriptions of notifications that were not taken. */
    public List<String> refused() {
        return List.copyOf(deliveries.refused);
    }

    private void stop() {
        try {
            tomcat.stop();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
        context.close();
    }

    private RestfulServer servlet() {
        RestfulServer server = new RestfulServer(context.getBean(FhirContext.class));
        server.setDefaultResponseEncoding(EncodingEnum.JSON);
        server.registerProviders(context.getBean(ResourceProviderFactory.class).createProviders());
        server.registerProvider(context.getBean(JpaSystemProvider.class));
        server.registerProvider(context.getBean(BulkDataExportProvider.class));
        server.setPagingProvider(context.getBean(DatabaseBackedPagingProvider.class));
        return server;
    }

    /** Asks to wait a second where HAPI, whose exports go on once a minute, asks for two minutes. */
    private static final class Impatient extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            super.doFilter(
                    request,
                    new HttpServletResponseWrapper(response) {
                        @Override
                        public void addHeader(String name, String value) {
                            super.addHeader(name, name.equals("Retry-After") ? "1" : value);
                        }
                    },
                    chain);
        }
    }

    /** What becomes of notifications. */
    @Interceptor
    public static final class Deliveries {
        private final Queue<String> taken = new ConcurrentLinkedQueue<>();
        private final Queue<String> refused = new ConcurrentLinkedQueue<>();

        /** Counts one that was taken. */
        @Hook(Pointcut.SUBSCRIPTION_AFTER_REST_HOOK_DELIVERY)
        public void taken(CanonicalSubscription subscription) {
            taken.add(subscription.getIdPart());
        }

        /** Counts one that was not; it is sent again. */
        @Hook(Pointcut.SUBSCRIPTION_AFTER_DELIVERY_FAILED)
        public void refused(ResourceDeliveryMessage message) {
            refused.add(message.getSubscription().getIdPart());
        }
    }

    /** HAPI's storage with what HAPI's own starter project switches on for subscriptions and exports. */
    @Configuration
    @Import({
        JpaR4Config.class,
        JpaBatch2Config.class,
        Batch2JobsConfig.class,
        SubscriptionChannelConfig.class,
        SubscriptionSubmitterConfig.class,
        SubscriptionProcessorConfig.class,
        SubscriptionTopicConfig.class,
        ThreadPoolFactoryConfig.class
    })
    static class Storage {
        private static final DatabaseSettings DATABASE =
                new DatabaseSettings("jdbc:h2:mem:hospital;DB_CLOSE_DELAY=-1", "sa", new Secret(""));

        /** Few types, since each takes a while to start. */
        private static Set<String> types() {
            Set<String> types = new TreeSet<>(ServedTypes.names());
            types.addAll(Set.of("Subscription", "Basic", "Group"));
            return types;
        }

        @Bean
        static UnservedTypes unservedTypes() {
            return new UnservedTypes(types());
        }

        @Bean
        IResourceSupportedSvc resourceSupported() {
            return types()::contains;
        }

        @Bean
        JpaStorageSettings storageSettings() {
            JpaStorageSettings settings = new JpaStorageSettings();
            settings.setResourceClientIdStrategy(JpaStorageSettings.ClientIdStrategyEnum.ANY);
            settings.setAllowExternalReferences(true);
            settings.setAutoCreatePlaceholderReferenceTargets(true);
            settings.setHibernateSearchIndexFullText(false);
            settings.setHibernateSearchIndexSearchParams(false);
            return settings;
        }

        @Bean
        SubscriptionSettings subscriptionSettings() {
            SubscriptionSettings settings = new SubscriptionSettings();
            settings.addSupportedSubscriptionType(Subscription.SubscriptionChannelType.RESTHOOK);
            return settings;
        }

        @Bean
        IEmailSender emailSender() {
            return details -> {
                throw new UnsupportedOperationException("sends no mail");
            };
        }

        @Bean
        PartitionSettings partitionSettings() {
            return new PartitionSettings();
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
            return new DatabaseBackedPagingProvider();
        }

        @Bean(name = "myResourceCountsCache")
        ResourceCountCache resourceCounts(IFhirSystemDao<?, ?> system) {
            return ResourceCountCacheUtil.newResourceCountCache(system);
        }

        @Bean
        @Primary
        HikariDataSource dataSource() {
            RepositoryDatabase.createSchema(DATABASE);
            HikariDataSource pool = RepositoryDatabase.schemaPool(DATABASE);
            RepositoryDatabase.migrate(pool, DATABASE);
            return pool;
        }

        @Bean
        @Primary
        LocalContainerEntityManagerFactoryBean entityManagerFactory(
                HikariDataSource pool,
                ConfigurableListableBeanFactory beans,
                FhirContext fhir,
                JpaStorageSettings storage) {
            LocalContainerEntityManagerFactoryBean factory =
                    HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, fhir, storage);
            factory.setPersistenceUnitName("hospital");
            factory.setDataSource(pool);
            Properties properties = new Properties();
            properties.put("hibernate.dialect", "ca.uhn.fhir.jpa.model.dialect.HapiFhirH2Dialect");
            properties.put("hibernate.hbm2ddl.auto", "none");
            properties.put("hibernate.archive.scanner", "org.hibernate.boot.archive.scan.internal.DisabledScanner");
            properties.put("hibernate.search.enabled", "false");
            factory.setJpaProperties(properties);
            return factory;
        }

        @Bean
        @Primary
        JpaTransactionManager transactionManager(EntityManagerFactory factory) {
            return new JpaTransactionManager(factory);
        }
    }
}
