package dev.ecgfhir.api;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Reads a request's body as text, never more of it than an ECG can need. */
final class BodyReader {
    /** 32 MB: FHIR's largest strings, 1 MB, for all leads several times over. */
    static final int LIMIT = 32 * 1024 * 1024;

    private BodyReader() {}

    static String text(ServletRequestDetails request) {
        String encoding = request.getHeader("Content-Encoding");
        boolean zipped = encoding != null && encoding.toLowerCase(Locale.ROOT).equals("gzip");
        if (encoding != null && !zipped && !encoding.equalsIgnoreCase("identity")) {
            throw Outcomes.failure(
                    415,
                    IssueType.NOTSUPPORTED,
                    "CONTENT_ENCODING",
                    Optional.empty(),
                    "Content-Encoding must be gzip or absent");
        }
        try (InputStream stream = request.getServletRequest().getInputStream()) {
            byte[] bytes = bounded(zipped ? new GZIPInputStream(stream) : stream);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Outcomes.badRequest("NOT_UTF_8", "the body is not UTF-8 text");
        } catch (ZipException e) {
            throw Outcomes.badRequest("DAMAGED_GZIP", "the body is not gzip as its Content-Encoding says");
        } catch (IOException e) {
            throw Outcomes.badRequest("BODY_BROKEN_OFF", "the body ended before it was complete");
        }
    }

    private static byte[] bounded(InputStream stream) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[64 * 1024];
        for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
            if (bytes.size() + read > LIMIT) {
                throw Outcomes.failure(
                        413,
                        IssueType.TOOLONG,
                        "BODY_TOO_LARGE",
                        Optional.empty(),
                        "the body is larger than " + LIMIT / 1024 / 1024 + " MB");
            }
            bytes.write(buffer, 0, read);
        }
        return bytes.toByteArray();
    }
}
