package dev.ecgfhir.fhir.source;

import java.io.IOException;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpRequest;
import org.apache.http.HttpRequestInterceptor;
import org.apache.http.HttpResponse;
import org.apache.http.HttpStatus;
import org.apache.http.client.ServiceUnavailableRetryStrategy;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.protocol.HttpContext;

/**
 * Puts the Authorization header on every request to one server, and repeats a request once whose token the server no longer takes.
 *
 * <p>It works below redirects and retries: what a server redirects elsewhere goes there without our credentials.
 */
final class Authorizing implements HttpRequestInterceptor, ServiceUnavailableRetryStrategy {
    private static final String SENT = "dev.ecgfhir.authorization";
    private static final String LEFT_OUT = "dev.ecgfhir.no-authorization";

    private final Origin server;
    private final Authorization authorization;

    Authorizing(Origin server, Authorization authorization) {
        this.server = server;
        this.authorization = authorization;
    }

    /** Has a request go without credentials, even to their own server. */
    static void leaveOut(HttpContext context) {
        context.setAttribute(LEFT_OUT, true);
    }

    @Override
    public void process(HttpRequest request, HttpContext context) throws IOException {
        if (context.getAttribute(LEFT_OUT) != null
                || !Origin.of(HttpClientContext.adapt(context).getTargetHost()).equals(server)) {
            request.removeHeaders(HttpHeaders.AUTHORIZATION);
            return;
        }
        String header = authorization.header();
        request.setHeader(HttpHeaders.AUTHORIZATION, header);
        context.setAttribute(SENT, header);
    }

    @Override
    public boolean retryRequest(HttpResponse response, int executions, HttpContext context) {
        return executions == 1
                && response.getStatusLine().getStatusCode() == HttpStatus.SC_UNAUTHORIZED
                && context.getAttribute(SENT) instanceof String sent
                && authorization.refused(sent);
    }

    @Override
    public long getRetryInterval() {
        return 0;
    }
}
