package dev.ecgfhir.api;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import dev.ecgfhir.config.Product;
import dev.ecgfhir.fhir.report.ReportOptions;
import dev.ecgfhir.fhir.report.ReportWriter;
import dev.ecgfhir.terminology.ConceptScope;
import dev.ecgfhir.terminology.SiteOverlay;
import java.util.List;
import org.hl7.fhir.r4.model.MetadataResource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The servlet at /fhir. */
@Configuration(proxyBeanMethods = false)
public class FhirServerConfiguration {
    @Bean
    OperationDefinitions operationDefinitions(Deployment deployment, ObjectProvider<ReportCounts> repository) {
        return new OperationDefinitions(deployment.softwareVersion(), repository.getIfAvailable() != null);
    }

    @Bean
    ReportWriter reportWriter(FhirContext context, ReportOptions options) {
        return new ReportWriter(context, options);
    }

    @Bean
    @ConditionalOnProperty(name = "ecgfhir.repository.enabled", matchIfMissing = true)
    ServletRegistrationBean<RestfulServer> fhirServlet(
            FhirContext context,
            IFhirSystemDao<?, ?> system,
            ResourceProviderFactory providers,
            JpaSystemProvider<?, ?> systemProvider,
            JpaStorageSettings storage,
            ISearchParamRegistry parameters,
            IValidationSupport validation,
            DatabaseBackedPagingProvider paging,
            AutowireCapableBeanFactory beans,
            ConceptScope scope,
            SiteOverlay overlay,
            InterpretOperation interpret,
            InterpretStatusOperation status,
            Durability durability,
            ReportCounts counts,
            OperationDefinitions definitions,
            Deployment deployment) {
        RestfulServer server = server(context, interpret, status, definitions, deployment);
        server.registerInterceptor(new WrittenBeforeAnswered(durability));
        server.registerProvider(new StatisticsOperation(counts));
        server.registerProviders(providers.createProviders());
        server.registerProvider(systemProvider);
        StoredValueSets valueSets = new StoredValueSets(new FixedValueSets(OwnTerminology.resources(scope, overlay)));
        beans.autowireBean(valueSets); // HAPI's class takes its parts by field
        server.registerProvider(valueSets);
        server.setPagingProvider(paging);
        server.setServerConformanceProvider(
                new RepositoryCapabilities(server, system, storage, parameters, validation, definitions));
        return servlet(server);
    }

    /** The servlet without repository: metadata, {@code $interpret} and this product's own terminology. */
    @Bean
    @ConditionalOnProperty(name = "ecgfhir.repository.enabled", havingValue = "false")
    ServletRegistrationBean<RestfulServer> fhirServletWithoutRepository(
            FhirContext context,
            InterpretOperation interpret,
            InterpretStatusOperation status,
            OperationDefinitions definitions,
            Deployment deployment,
            ConceptScope scope,
            SiteOverlay overlay) {
        RestfulServer server = server(context, interpret, status, definitions, deployment);
        List<MetadataResource> terminology = OwnTerminology.resources(scope, overlay);
        server.registerProviders(
                new FixedCodeSystems(terminology), new FixedConceptMaps(terminology), new FixedValueSets(terminology));
        server.setServerConformanceProvider(new FixedCapabilities(server, definitions));
        return servlet(server);
    }

    /** The repository brings one of its own. */
    @Bean
    @ConditionalOnProperty(name = "ecgfhir.repository.enabled", havingValue = "false")
    FhirContext fhirContext() {
        return FhirContext.forR4();
    }

    /** What the server has with and without the repository. */
    private static RestfulServer server(
            FhirContext context,
            InterpretOperation interpret,
            InterpretStatusOperation status,
            OperationDefinitions definitions,
            Deployment deployment) {
        RestfulServer server = new RestfulServer(context);
        server.setServerName(Product.NAME);
        server.setServerVersion(deployment.softwareVersion());
        server.setImplementationDescription(deployment.description().get());
        server.setDefaultResponseEncoding(EncodingEnum.JSON);
        deployment
                .baseUrl()
                .ifPresent(base -> server.setServerAddressStrategy(new HardcodedServerAddressStrategy(base + "/fhir")));
        server.registerProviders(interpret, status, definitions);
        server.registerInterceptor(new TrueCapabilities(deployment));
        server.registerInterceptor(new OperationGate());
        server.registerInterceptor(new WholePeriods());
        server.registerInterceptor(new ComponentPairs());
        server.registerInterceptor(new RightDisplays());
        server.registerInterceptor(new OpenApiDescription());
        server.registerInterceptor(new ErrorTexts());
        return server;
    }

    private static ServletRegistrationBean<RestfulServer> servlet(RestfulServer server) {
        ServletRegistrationBean<RestfulServer> servlet = new ServletRegistrationBean<>(server, "/fhir/*");
        servlet.setName("fhir");
        servlet.setLoadOnStartup(1);
        return servlet;
    }

    @Bean
    FilterRegistrationBean<UnflushedAnswers> unflushedAnswers() {
        FilterRegistrationBean<UnflushedAnswers> filter = new FilterRegistrationBean<>(new UnflushedAnswers());
        filter.addUrlPatterns("/fhir/*");
        return filter;
    }
}
