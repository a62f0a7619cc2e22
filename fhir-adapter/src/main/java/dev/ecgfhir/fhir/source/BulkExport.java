package dev.ecgfhir.fhir.source;

import ca.uhn.fhir.rest.client.apache.ApacheRestfulClientFactory;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.exceptions.FhirClientConnectionException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpResponse;
import org.apache.http.HttpStatus;
import org.apache.http.client.HttpClient;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.Configurable;
import org.apache.http.client.methods.HttpDelete;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.client.utils.URIBuilder;
import org.apache.http.util.EntityUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports the Observations of one server: asks for it, asks how far it is, reads its files, gives it back. With the source's own credentials,
 * which go to the server itself and to no other. Safe to share between threads.
 *
 * <h2>References</h2>
 *
 * FHIR Bulk Data Access 2.0.0, https://hl7.org/fhir/uv/bulkdata/STU2/export.html
 */
public final class BulkExport {
    private static final Logger LOG = LoggerFactory.getLogger(BulkExport.class);
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final int LONGEST_PROGRESS = 100;

    private final HttpClient http;
    private final URI base;
    private final String operation;
    private final SourceQuery query;

    /**
     * Makes it.
     *
     * @param client of {@link FhirClients}, whose connections and credentials it shares
     * @param operation {@code $export}, {@code Patient/$export} or {@code Group/ID/$export}
     * @param query which Observations are asked for; the server may give more
     */
    public BulkExport(IGenericClient client, String operation, SourceQuery query) {
        if (!(client.getFhirContext().getRestfulClientFactory() instanceof ApacheRestfulClientFactory factory)) {
            throw new IllegalArgumentException("the client is none of FhirClients");
        }
        this.http = factory.getNativeHttpClient();
        this.base = URI.create(FhirClients.withoutSlash(client.getServerBase()) + "/");
        this.operation = operation;
        this.query = query;
    }

    /** Returns the server's base address without a slash at its end. */
    public String source() {
        return FhirClients.withoutSlash(base.toString());
    }

    /**
     * Asks for an export.
     *
     * @param since only what was written since; empty for everything
     * @return where the server tells how far it is
     * @throws SourceException if it refuses
     */
    public URI start(Optional<Instant> since) {
        Optional<URI> filtered = start(since, true);
        // a server may refuse the filter, which is optional; then it exports every Observation, and we choose
        return filtered.orElseGet(() -> start(since, false).orElseThrow());
    }

    private Optional<URI> start(Optional<Instant> since, boolean filter) {
        String what = "asking " + base + operation + " for an export";
        HttpGet request = new HttpGet(kickOff(since, filter));
        request.setHeader(HttpHeaders.ACCEPT, "application/fhir+json");
        request.setHeader("Prefer", "respond-async");
        try (CloseableHttpResponse answer = execute(request)) {
            int status = answer.getStatusLine().getStatusCode();
            EntityUtils.consume(answer.getEntity());
            Header location = answer.getFirstHeader("Content-Location");
            if (status == HttpStatus.SC_ACCEPTED && location != null) {
                return Optional.of(own(base.resolve(location.getValue())));
            }
            if (filter && (status == HttpStatus.SC_BAD_REQUEST || status == HttpStatus.SC_UNPROCESSABLE_ENTITY)) {
                LOG.info("{} refuses to export by a filter; asking for every Observation", base);
                return Optional.empty();
            }
            throw status < 300
                    ? bad(what + ": expected 202 with Content-Location, was status " + status)
                    : failure(what, answer);
        } catch (IOException e) {
            throw noAnswer(what, e);
        }
    }

    private URI kickOff(Optional<Instant> since, boolean filter) {
        try {
            URIBuilder address = new URIBuilder(base.resolve(operation)).addParameter("_type", "Observation");
            since.ifPresent(instant -> address.addParameter("_since", instant.toString()));
            if (filter) {
                address.addParameter("_typeFilter", filter());
            }
            return address.build();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("an address of checked parts is one", e);
        }
    }

    private String filter() {
        URIBuilder filter = new URIBuilder();
        query.parameters().forEach((name, values) -> values.forEach(value -> filter.addParameter(name, value)));
        return "Observation" + filter;
    }

    /**
     * Asks how far it is.
     *
     * @param address of {@link #start}
     * @throws SourceException if the server cannot be asked
     */
    public ExportStatus status(URI address) {
        String what = "asking " + base + " how far its export is";
        HttpGet request = new HttpGet(own(address));
        request.setHeader(HttpHeaders.ACCEPT, "application/json");
        try (CloseableHttpResponse answer = execute(request)) {
            int status = answer.getStatusLine().getStatusCode();
            if (status == HttpStatus.SC_OK) {
                return new ExportStatus.Ready(ExportManifest.read(content(answer), address));
            }
            EntityUtils.consume(answer.getEntity());
            if (status == HttpStatus.SC_ACCEPTED) {
                return new ExportStatus.Working(retryAfter(answer).orElse(WAIT), progress(answer));
            }
            if (status == HttpStatus.SC_NOT_FOUND || status == HttpStatus.SC_GONE) {
                return new ExportStatus.Gone();
            }
            if (status == HttpStatus.SC_INTERNAL_SERVER_ERROR) {
                return new ExportStatus.Failed(status);
            }
            throw failure(what, answer);
        } catch (IOException e) {
            throw noAnswer(what, e);
        }
    }

    /**
     * Opens a file of an export.
     *
     * @param offset bytes of it that are not wanted any more
     * @return empty if the server does not have it any more
     * @throws SourceException if it cannot be read
     */
    @SuppressWarnings("resource") // the answer is closed with the file
    public Optional<ExportFile> open(ExportManifest manifest, URI file, long offset) {
        String what = "reading a file of the export of " + base;
        HttpGet request = new HttpGet(file);
        request.setHeader(HttpHeaders.ACCEPT, "application/fhir+ndjson");
        request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity"); // offsets are those of the file
        if (offset > 0) {
            request.setHeader(HttpHeaders.RANGE, "bytes=" + offset + "-");
        }
        request.setConfig(plain());
        HttpClientContext context = HttpClientContext.create();
        AnswerSize.leaveOut(context);
        if (!manifest.needsToken()) {
            Authorizing.leaveOut(context);
        } else if (!Origin.of(file).equals(Origin.of(base))) {
            throw foreign();
        }
        try {
            CloseableHttpResponse answer = (CloseableHttpResponse) http.execute(request, context);
            int status = answer.getStatusLine().getStatusCode();
            if (status == HttpStatus.SC_NOT_FOUND
                    || status == HttpStatus.SC_GONE
                    || status == HttpStatus.SC_REQUESTED_RANGE_NOT_SATISFIABLE) {
                answer.close();
                return Optional.empty();
            }
            if (status != HttpStatus.SC_OK && status != HttpStatus.SC_PARTIAL_CONTENT) {
                try (answer) {
                    throw failure(what, answer);
                }
            }
            return Optional.of(file(answer, offset));
        } catch (IOException e) {
            throw noAnswer(what, e);
        }
    }

    private static ExportFile file(CloseableHttpResponse answer, long offset) throws IOException {
        HttpEntity entity = answer.getEntity();
        boolean part = answer.getStatusLine().getStatusCode() == HttpStatus.SC_PARTIAL_CONTENT;
        long skipped = part ? offset : 0;
        long length = entity.getContentLength() < 0 ? -1 : entity.getContentLength() + skipped;
        InputStream content = content(answer);
        if (!part) {
            content.skipNBytes(offset);
        }
        return new ExportFile(
                answer, content, offset, length, entity.isChunked() || length >= 0, ExportFile.LONGEST_LINE);
    }

    private static InputStream content(HttpResponse answer) throws IOException {
        if (answer.getEntity() == null) {
            throw new IOException("an answer without content");
        }
        return answer.getEntity().getContent();
    }

    /** Tells the server that an export is not needed any more. What it answers does not matter: it forgets old ones by itself. */
    public void giveBack(URI address) {
        try (CloseableHttpResponse answer = execute(new HttpDelete(own(address)))) {
            EntityUtils.consume(answer.getEntity());
            LOG.debug(
                    "{} was told to forget an export: status {}",
                    base,
                    answer.getStatusLine().getStatusCode());
        } catch (IOException e) {
            LOG.info(
                    "{} was not told to forget its export: {}",
                    base,
                    e.getClass().getSimpleName());
        }
    }

    private CloseableHttpResponse execute(HttpUriRequest request) throws IOException {
        return (CloseableHttpResponse) http.execute(request);
    }

    private RequestConfig plain() {
        RequestConfig config = http instanceof Configurable configurable ? configurable.getConfig() : null;
        return (config == null ? RequestConfig.custom() : RequestConfig.copy(config))
                .setContentCompressionEnabled(false)
                .build();
    }

    /** Requires that an address belongs to the server, since credentials go there. */
    private URI own(URI address) {
        if (!Origin.of(address).equals(Origin.of(base))) {
            throw foreign();
        }
        return address;
    }

    private SourceException foreign() {
        return new SourceException(
                SourceException.Reason.FOREIGN_LINK,
                false,
                Optional.empty(),
                base + ": its export leads to another server with our credentials and is not followed; use the address"
                        + " under which the server knows itself, or correct the server's own base address",
                null);
    }

    private static String progress(HttpResponse answer) {
        Header header = answer.getFirstHeader("X-Progress");
        if (header == null) {
            return "";
        }
        String text = header.getValue().replaceAll("[^ -~]", "?");
        return text.length() > LONGEST_PROGRESS ? text.substring(0, LONGEST_PROGRESS) : text;
    }

    private static Optional<Duration> retryAfter(HttpResponse answer) {
        return value(answer, HttpHeaders.RETRY_AFTER)
                .flatMap(wait ->
                        AnswerHeaders.wait(wait, value(answer, HttpHeaders.DATE).flatMap(AnswerHeaders::httpDate)));
    }

    private static Optional<String> value(HttpResponse answer, String name) {
        return Optional.ofNullable(answer.getFirstHeader(name))
                .map(header -> header.getValue().strip());
    }

    private static SourceException failure(String what, HttpResponse answer) {
        int status = answer.getStatusLine().getStatusCode();
        return SourceException.of(what, retryAfter(answer), BaseServerResponseException.newInstance(status, ""));
    }

    private static SourceException bad(String message) {
        return new SourceException(SourceException.Reason.BAD_ANSWER, false, Optional.empty(), message, null);
    }

    static SourceException noAnswer(String what, IOException cause) {
        return SourceException.of(what, Optional.empty(), new FhirClientConnectionException(cause));
    }
}
