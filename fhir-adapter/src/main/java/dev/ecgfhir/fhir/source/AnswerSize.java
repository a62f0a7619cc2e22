package dev.ecgfhir.fhir.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.entity.HttpEntityWrapper;
import org.apache.http.protocol.HttpContext;

/**
 * Breaks off answers that are larger than one server's may be, so that one of them cannot take the memory of all. What counts is the
 * size after decompression.
 */
final class AnswerSize implements HttpResponseInterceptor {
    private static final String LEFT_OUT = "dev.ecgfhir.no-answer-size";

    private final long most;

    /**
     * Limits the size.
     *
     * @param most bytes
     */
    AnswerSize(long most) {
        this.most = most;
    }

    /** Has a request's answer be as large as it likes, for who reads it piece by piece. */
    static void leaveOut(HttpContext context) {
        context.setAttribute(LEFT_OUT, true);
    }

    @Override
    public void process(HttpResponse response, HttpContext context) {
        if (response.getEntity() != null && context.getAttribute(LEFT_OUT) == null) {
            response.setEntity(new Bounded(response.getEntity(), most));
        }
    }

    /** An answer was broken off. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(long most) {
            super("an answer with more than " + most + " bytes");
        }
    }

    private static final class Bounded extends HttpEntityWrapper {
        private final long most;

        Bounded(HttpEntity entity, long most) {
            super(entity);
            this.most = most;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new Counted(super.getContent(), most);
        }
    }

    private static final class Counted extends FilterInputStream {
        private final long most;
        private long read;

        Counted(InputStream content, long most) {
            super(content);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int got = super.read(buffer, offset, length);
            count(got);
            return got;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = super.skip(bytes);
            count(skipped);
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private void count(long bytes) throws IOException {
            read += Math.max(bytes, 0);
            if (read > most) {
                throw new TooLargeException(most);
            }
        }
    }
}
