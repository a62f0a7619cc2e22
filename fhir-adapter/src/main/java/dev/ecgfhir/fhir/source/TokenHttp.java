package dev.ecgfhir.fhir.source;

import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.http.Header;
import org.apache.http.client.HttpClient;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.util.EntityUtils;

/** Sends what Nimbus asks through the same trust, certificate and proxy as all else. */
final class TokenHttp implements HTTPRequestSender {
    private final HttpClient client;

    TokenHttp(HttpClient client) {
        this.client = client;
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        return client.execute(apache(request), answer -> {
            HTTPResponse response = new HTTPResponse(answer.getStatusLine().getStatusCode());
            for (Header header : answer.getAllHeaders()) {
                response.setHeader(header.getName(), header.getValue());
            }
            if (answer.getEntity() != null) {
                response.setBody(EntityUtils.toString(answer.getEntity(), StandardCharsets.UTF_8));
            }
            return response;
        });
    }

    private static HttpUriRequest apache(ReadOnlyHTTPRequest request) {
        RequestBuilder builder =
                RequestBuilder.create(request.getMethod().name()).setUri(request.getURI());
        for (Map.Entry<String, List<String>> header : request.getHeaderMap().entrySet()) {
            header.getValue().forEach(value -> builder.addHeader(header.getKey(), value));
        }
        if (request.getBody() != null) {
            builder.setEntity(new ByteArrayEntity(request.getBody().getBytes(StandardCharsets.UTF_8)));
        }
        return builder.build();
    }
}
