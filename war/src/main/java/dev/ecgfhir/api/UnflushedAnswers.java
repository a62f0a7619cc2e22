package dev.ecgfhir.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * Lets the container send an answer when its buffer is full, and not after each value.
 *
 * <p>The JSON encoder of HAPI FHIR 8.8.0 flushes behind every value that it writes: an answer of 800 kB became 14,000 packets of the
 * connection, each with its system call. Safe to share between threads.
 */
final class UnflushedAnswers extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, new Unflushed(response));
    }

    /** An answer whose writer is flushed by its end alone. */
    private static final class Unflushed extends HttpServletResponseWrapper {
        Unflushed(HttpServletResponse response) {
            super(response);
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            return new PrintWriter(super.getWriter()) {
                @Override
                public void flush() {
                    // the container does
                }
            };
        }
    }
}
