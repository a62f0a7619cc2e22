package dev.ecgfhir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.junit.jupiter.api.Test;

class UnflushedAnswersTest {
    @Test
    void an_answer_is_sent_by_the_bufferful_and_not_value_by_value() throws IOException {
        StringBuilder body = new StringBuilder();
        List<Integer> chunks = chunks("/fhir/metadata", body);

        assertThat(DeliveredReport.parse(CapabilityStatement.class, body.toString())
                        .getRest())
                .as("all of it arrives")
                .isNotEmpty();
        assertThat(body).as("an answer of many values").hasSizeGreaterThan(50_000);
        assertThat(chunks).hasSizeLessThan(body.length() / 2_000);
    }

    /** Asks over a bare connection and returns the sizes of the chunks in which the answer comes (RFC 9112, section 7.1). */
    private static List<Integer> chunks(String path, StringBuilder body) throws IOException {
        List<Integer> sizes = new ArrayList<>();
        try (Socket connection = new Socket("localhost", TestServer.server().port());
                DataInputStream answer = new DataInputStream(connection.getInputStream())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            while (!line(answer).isEmpty()) {
                // the head
            }
            int size = Integer.parseInt(line(answer), 16);
            while (size > 0) {
                sizes.add(size);
                body.append(new String(answer.readNBytes(size), StandardCharsets.UTF_8));
                line(answer);
                size = Integer.parseInt(line(answer), 16);
            }
        }
        return sizes;
    }

    private static String line(DataInputStream answer) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = answer.read(); octet != '\n'; octet = answer.read()) {
            line.append((char) octet);
        }
        return line.toString().strip();
    }
}
