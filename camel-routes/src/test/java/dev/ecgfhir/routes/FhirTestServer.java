package dev.ecgfhir.routes;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.FifoMemoryPagingProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntFunction;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** A small FHIR R4 server over HTTP: HAPI's RestfulServer on Tomcat, resources in memory, faults on request. */
final class FhirTestServer implements AutoCloseable {
    static final FhirContext FHIR = FhirContext.forR4Cached();

    final StoredResources.Observations observations = new StoredResources.Observations(FHIR);
    final StoredResources<DiagnosticReport> reports = new StoredResources<>(FHIR, DiagnosticReport.class);
    final StoredResources<Device> devices = new StoredResources<>(FHIR, Device.class);
    final StoredResources<Provenance> provenances = new StoredResources<>(FHIR, Provenance.class);

    final StoredResources.Subscriptions subscriptions = new StoredResources.Subscriptions(FHIR);

    /** What stands for the server's export. */
    final TestExports exports = new TestExports();

    /** Ids of the reports in the order in which transactions brought them. */
    final List<String> delivered = new CopyOnWriteArrayList<>();

    /** Requests that were answered by a fault. */
    final List<String> faults = new CopyOnWriteArrayList<>();

    private final AtomicReference<ToIntFunction<HttpServletRequest>> fault = new AtomicReference<>(request -> 0);
    private volatile String retryAfter = "";
    private final Tomcat tomcat = new Tomcat();
    private final String url;

    private FhirTestServer() throws LifecycleException {
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.setPort(0);
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "fhir", servlet());
        context.addServletMappingDecoded("/fhir/*", "fhir");
        addFilter(context, "faults", new Faults());
        addFilter(context, "exports", exports);
        tomcat.getConnector().setProperty("relaxedQueryChars", "|");
        tomcat.start();
        url = "http://localhost:" + tomcat.getConnector().getLocalPort() + "/fhir";
    }

    static FhirTestServer start() throws LifecycleException {
        return new FhirTestServer();
    }

    String url() {
        return url;
    }

    /**
     * Has requests fail.
     *
     * @param status HTTP status for a request, 0 for the server's own answer; a negative one has the server do what it was asked and
     *     then lose its answer
     */
    void failing(ToIntFunction<HttpServletRequest> status) {
        fault.set(status);
    }

    /** Has faults say how long to wait, in seconds. */
    void retryAfter(String seconds) {
        retryAfter = seconds;
    }

    void working() {
        failing(request -> 0);
    }

    static boolean isTransaction(HttpServletRequest request) {
        return request.getMethod().equals("POST")
                && (request.getPathInfo() == null || request.getPathInfo().length() <= 1);
    }

    private RestfulServer servlet() {
        RestfulServer server = new RestfulServer(FHIR);
        server.setResourceProviders(observations, reports, devices, provenances, subscriptions);
        server.registerProvider(new Transactions());
        FifoMemoryPagingProvider paging = new FifoMemoryPagingProvider(10);
        paging.setDefaultPageSize(20);
        paging.setMaximumPageSize(100);
        server.setPagingProvider(paging);
        return server;
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

    private final class Faults implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            HttpServletRequest http = (HttpServletRequest) request;
            int status = fault.get().applyAsInt(http);
            if (status == 0) {
                chain.doFilter(request, response);
                return;
            }
            if (status < 0) {
                chain.doFilter(request, new Lost((HttpServletResponse) response));
            }
            faults.add(http.getMethod() + " " + http.getRequestURI());
            if (!retryAfter.isEmpty()) {
                ((HttpServletResponse) response).setHeader("Retry-After", retryAfter);
            }
            ((HttpServletResponse) response).setStatus(Math.abs(status));
        }
    }

    /** An answer that goes nowhere. */
    private static final class Lost extends HttpServletResponseWrapper {
        Lost(HttpServletResponse response) {
            super(response);
        }

        @Override
        public PrintWriter getWriter() {
            return new PrintWriter(Writer.nullWriter());
        }

        @Override
        public ServletOutputStream getOutputStream() {
            return new ServletOutputStream() {
                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setWriteListener(WriteListener listener) {
                    throw new UnsupportedOperationException("written to by blocking calls only");
                }

                @Override
                public void write(int data) {}
            };
        }

        @Override
        public void setStatus(int status) {}

        @Override
        public void setHeader(String name, String value) {}

        @Override
        public void addHeader(String name, String value) {}

        @Override
        public void setContentType(String type) {}

        @Override
        public void setContentLength(int length) {}

        @Override
        public void flushBuffer() {}
    }

    /** Writes transactions, all entries under one lock. */
    public final class Transactions {
        /** Writes one. */
        @Transaction
        public synchronized Bundle write(@TransactionParam Bundle request) {
            Map<String, String> places = new HashMap<>();
            for (Bundle.BundleEntryComponent entry : request.getEntry()) {
                String place = entry.getRequest().getMethod() == Bundle.HTTPVerb.PUT
                        ? entry.getRequest().getUrl()
                        : present(entry).orElseGet(() -> entry.getResource().fhirType() + "/" + UUID.randomUUID());
                places.put(entry.getFullUrl(), place);
            }
            request.getEntry().removeIf(entry -> present(entry).isPresent());
            Bundle answer = new Bundle().setType(Bundle.BundleType.TRANSACTIONRESPONSE);
            for (Bundle.BundleEntryComponent entry : request.getEntry()) {
                Resource resource = entry.getResource();
                resource.setId(new IdType(places.get(entry.getFullUrl())));
                for (Reference reference :
                        FHIR.newTerser().getAllPopulatedChildElementsOfType(resource, Reference.class)) {
                    if (places.containsKey(reference.getReference())) {
                        reference.setReference(places.get(reference.getReference()));
                    }
                }
                store(resource);
                answer.addEntry().getResponse().setStatus("200 OK");
            }
            return answer;
        }

        /** Where that is which a conditional create by identifier would make a second time. */
        private Optional<String> present(Bundle.BundleEntryComponent entry) {
            String condition = String.valueOf(entry.getRequest().getIfNoneExist());
            StoredResources<?> kind = Map.of(
                            "DiagnosticReport", reports, "Observation", observations, "Device", devices)
                    .get(entry.getResource().fhirType());
            if (kind == null || !condition.startsWith("identifier=")) {
                return Optional.empty();
            }
            String[] identifier = condition.substring("identifier=".length()).split("\\|", 2);
            return kind.withIdentifier(new TokenParam(identifier[0], identifier[1])).stream()
                    .findFirst()
                    .map(there -> there.fhirType() + "/" + there.getIdElement().getIdPart());
        }

        private void store(Resource resource) {
            if (resource instanceof Observation one) {
                observations.store(one);
            } else if (resource instanceof DiagnosticReport one) {
                reports.store(one);
                delivered.add(one.getIdElement().getIdPart());
            } else if (resource instanceof Device one) {
                devices.store(one);
            } else if (resource instanceof Provenance one) {
                provenances.store(one);
            } else {
                throw new IllegalArgumentException("no place for a " + resource.fhirType());
            }
        }
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
