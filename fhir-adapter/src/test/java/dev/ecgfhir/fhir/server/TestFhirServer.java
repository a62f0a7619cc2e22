package dev.ecgfhir.fhir.server;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.FifoMemoryPagingProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import dev.ecgfhir.fhir.source.FhirClients;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** The server itself, on a free port of this machine. */
public final class TestFhirServer implements AutoCloseable {
    private static final FhirContext R4 = FhirContext.forR4Cached();
    private static final Logger TOMCAT = Logger.getLogger("org.apache"); // held, or its level is forgotten

    static {
        TOMCAT.setLevel(Level.SEVERE);
    }

    /** Answers on demand. */
    public record Fault(int status, @Nullable String retryAfter) {}

    private final Tomcat tomcat = new Tomcat();
    private final Behaviour behaviour = new Behaviour();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger pagesUntilExpiry = new AtomicInteger(Integer.MAX_VALUE);
    private volatile Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final MemoryStore store = new MemoryStore(() -> now);

    /** Starts it: over HTTP, for everybody. */
    public TestFhirServer() {
        this((request, response, chain) -> chain.doFilter(request, response), Optional.empty());
    }

    /**
     * Starts it behind a guard.
     *
     * @param guard sees every request first
     * @param tls certificates; empty for plain HTTP
     */
    public TestFhirServer(Filter guard, Optional<SSLHostConfig> tls) {
        try {
            String directory = Files.createTempDirectory("fhir").toString();
            tomcat.setBaseDir(directory);
            tomcat.setPort(0);
            Context context = tomcat.addContext("", directory);
            Tomcat.addServlet(context, "fhir", servlet());
            context.addServletMappingDecoded("/fhir/*", "fhir");
            addFilter(context, "faults", new Faults());
            addFilter(context, "guard", guard);
            tomcat.getConnector();
            tls.ifPresent(certificates -> {
                tomcat.getConnector().setSecure(true);
                tomcat.getConnector().setScheme("https");
                tomcat.getConnector().setProperty("SSLEnabled", "true");
                tomcat.getConnector().addSslHostConfig(certificates);
            });
            tomcat.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addFilter(Context context, String name, Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName(name);
        definition.setFilter(filter);
        context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName(name);
        mapping.addURLPattern("/*");
        context.addFilterMap(mapping);
    }

    private RestfulServer servlet() {
        RestfulServer server = new RestfulServer(R4);
        List<StoreProvider> providers = List.<Class<? extends Resource>>of(
                        Observation.class, DiagnosticReport.class, Provenance.class, Device.class)
                .stream()
                .map(type -> new StoreProvider(type, store, behaviour))
                .toList();
        providers.forEach(server::registerProvider);
        server.registerProvider(new TransactionProvider(R4, store, providers.get(0), behaviour));
        server.registerInterceptor(new TrueCapabilities());
        server.setPagingProvider(new ExpiringPages());
        return server;
    }

    /** Returns its base address. */
    public String base() {
        return tomcat.getConnector().getScheme() + "://localhost:"
                + tomcat.getConnector().getLocalPort() + "/fhir";
    }

    /** Returns a new client of it. */
    public IGenericClient client() {
        return FhirClients.client(base(), FhirClients.Limits.defaults());
    }

    /** Returns what it holds. */
    public MemoryStore store() {
        return store;
    }

    /** Returns how it behaves. */
    public Behaviour behaviour() {
        return behaviour;
    }

    /** Sets its clock, and with it the Date header and the stamps of new versions. */
    public void setClock(Instant instant) {
        now = instant;
    }

    /** Answers one of the next requests with a fault. */
    public void failNext(Fault fault) {
        faults.add(fault);
    }

    /** Lets page links expire after some pages, once. */
    public void expireLinksAfter(int pages) {
        pagesUntilExpiry.set(pages);
    }

    /** Returns whether all faults that were asked for have been answered. */
    public boolean isInPeace() {
        return faults.isEmpty();
    }

    /** Returns the requests so far: method, address, Cache-Control. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Faults implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            HttpServletRequest asked = (HttpServletRequest) request;
            HttpServletResponse answer = (HttpServletResponse) response;
            requests.add(asked.getMethod() + " " + asked.getRequestURI()
                    + (asked.getQueryString() == null ? "" : "?" + asked.getQueryString()) + " "
                    + asked.getHeader("Cache-Control"));
            answer.setDateHeader("Date", now.toEpochMilli());
            Fault fault = faults.poll();
            if (fault == null) {
                chain.doFilter(request, response);
                return;
            }
            if (fault.retryAfter() != null) {
                answer.setHeader("Retry-After", fault.retryAfter());
            }
            answer.setStatus(fault.status());
        }
    }

    private final class ExpiringPages extends FifoMemoryPagingProvider {
        ExpiringPages() {
            super(100);
            setMaximumPageSize(1000);
        }

        @Override
        public synchronized @Nullable IBundleProvider retrieveResultList(RequestDetails details, String id) {
            if (behaviour.linksExpire) {
                return null;
            }
            if (pagesUntilExpiry.getAndDecrement() == 0) {
                pagesUntilExpiry.set(Integer.MAX_VALUE);
                return null;
            }
            return super.retrieveResultList(details, id);
        }
    }

    /** HAPI's REST layer says what the providers have; this says what the behaviour leaves of it. */
    @Interceptor
    public final class TrueCapabilities {
        /** Changes the statement. */
        @Hook(Pointcut.SERVER_CAPABILITY_STATEMENT_GENERATED)
        public void change(org.hl7.fhir.instance.model.api.IBaseConformance generated) {
            CapabilityStatement statement = (CapabilityStatement) generated;
            statement.getRestFirstRep().getResource().forEach(resource -> {
                resource.setUpdateCreate(behaviour.updateCreate);
                resource.setConditionalCreate(behaviour.conditionalCreate);
                if (!behaviour.typeHistory) {
                    resource.getInteraction()
                            .removeIf(one -> one.getCode() == CapabilityStatement.TypeRestfulInteraction.HISTORYTYPE);
                }
            });
            if (behaviour.ifNoneMatch) {
                statement.getSoftware().setName("Another server");
            }
            if (!behaviour.transactions) {
                statement.getRestFirstRep().getInteraction().clear();
            }
        }
    }
}
