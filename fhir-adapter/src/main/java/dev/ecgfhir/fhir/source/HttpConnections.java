package dev.ecgfhir.fhir.source;

import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.http.HttpHost;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.CredentialsProvider;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.client.ProxyAuthenticationStrategy;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;

/** Makes HTTP clients with time limits, trust, client certificate and proxy of one server. */
final class HttpConnections {
    private static final int KEPT_SECONDS = 5;

    private HttpConnections() {}

    /**
     * Begins a client; cookies are not kept.
     *
     * @throws AccessException if a file of the transport cannot be used
     */
    static HttpClientBuilder builder(FhirClients.Limits limits, Transport transport) throws AccessException {
        RequestConfig.Builder request = RequestConfig.custom()
                .setConnectTimeout(Math.toIntExact(limits.connect().toMillis()))
                .setConnectionRequestTimeout(Math.toIntExact(limits.answer().toMillis()))
                .setSocketTimeout(Math.toIntExact(limits.answer().toMillis()));
        HttpClientBuilder builder = HttpClients.custom().useSystemProperties().disableCookieManagement();
        transport.proxy().ifPresent(proxy -> {
            HttpHost host =
                    new HttpHost(proxy.address().getHost(), proxy.address().getPort(), "http");
            request.setProxy(host);
            if (!proxy.user().isEmpty()) {
                CredentialsProvider credentials = new BasicCredentialsProvider();
                credentials.setCredentials(
                        new AuthScope(host), new UsernamePasswordCredentials(proxy.user(), proxy.password()));
                builder.setProxyAuthenticationStrategy(ProxyAuthenticationStrategy.INSTANCE);
                builder.setDefaultCredentialsProvider(credentials);
            }
        });
        return builder.setDefaultRequestConfig(request.build()).setConnectionManager(connections(limits, transport));
    }

    private static PoolingHttpClientConnectionManager connections(FhirClients.Limits limits, Transport transport)
            throws AccessException {
        SSLContext tls = TlsFiles.context(transport);
        var sockets = RegistryBuilder.<ConnectionSocketFactory>create()
                .register("http", PlainConnectionSocketFactory.getSocketFactory())
                .register("https", new SSLConnectionSocketFactory(tls))
                .build();
        PoolingHttpClientConnectionManager connections =
                new PoolingHttpClientConnectionManager(sockets, null, null, null, KEPT_SECONDS, TimeUnit.SECONDS);
        connections.setMaxTotal(limits.connections());
        connections.setDefaultMaxPerRoute(limits.connections());
        connections.setValidateAfterInactivity(Math.toIntExact(TimeUnit.SECONDS.toMillis(1)));
        return connections;
    }
}
