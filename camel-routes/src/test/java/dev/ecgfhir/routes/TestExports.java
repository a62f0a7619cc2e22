package dev.ecgfhir.routes;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The export of a server that can be made to forget, to cut off and to go without ranges, over HTTP; the files are what a test puts there. */
final class TestExports implements Filter {
    /** NDJSON, a text for each file. */
    final List<String> files = new CopyOnWriteArrayList<>();

    /** What was asked for, with the query decoded. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** Bytes that were sent of files. */
    volatile long sent;

    /** How often the state of each export is "not yet". */
    volatile int pending;

    /** Whether parts of files are given. */
    volatile boolean ranges = true;

    /** After so many bytes one answer is cut off; 0 for none. */
    volatile int cutAfter;

    /** Exports with numbers below this are forgotten. */
    volatile int remembered;

    private int exports;
    private int asked;

    @Override
    public synchronized void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        String path = http.getRequestURI().replace("%24", "$");
        if (path.endsWith("$export")) {
            note(http, path);
            boolean async = "respond-async".equals(http.getHeader("Prefer"));
            answer.setStatus(async ? 202 : 400);
            answer.setHeader("Content-Location", base(http) + "/fhir/export-status/" + exports++);
            asked = 0;
        } else if (path.startsWith("/fhir/export-status/")) {
            note(http, path);
            status(http, answer, Integer.parseInt(path.replaceAll(".*/", "")));
        } else if (path.startsWith("/fhir/export-file/")) {
            String[] parts = path.split("/", -1);
            file(http, answer, Integer.parseInt(parts[3]), Integer.parseInt(parts[4]));
        } else {
            chain.doFilter(request, response);
        }
    }

    private void note(HttpServletRequest request, String path) {
        String query = request.getQueryString();
        requests.add(request.getMethod() + " " + path
                + (query == null ? "" : "?" + URLDecoder.decode(query, StandardCharsets.UTF_8)));
    }

    private void status(HttpServletRequest request, HttpServletResponse answer, int export) throws IOException {
        if (export < remembered) {
            answer.setStatus(404);
        } else if (request.getMethod().equals("DELETE")) {
            answer.setStatus(202);
        } else if (asked++ < pending) {
            answer.setStatus(202);
            answer.setHeader("Retry-After", "7");
            answer.setHeader("X-Progress", "half way");
        } else {
            List<String> output = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                output.add("{\"type\":\"Observation\",\"url\":\"" + base(request) + "/fhir/export-file/" + export + "/"
                        + i + "\"}");
            }
            answer.setContentType("application/json");
            answer.getWriter()
                    .write("{\"transactionTime\":\"2026-11-28T00:00:0" + export + "Z\",\"requiresAccessToken\":true,"
                            + "\"output\":[" + String.join(",", output) + "],\"error\":[]}");
        }
    }

    private void file(HttpServletRequest request, HttpServletResponse answer, int export, int file) throws IOException {
        if (export < remembered) {
            answer.setStatus(404);
            return;
        }
        byte[] all = files.get(file).getBytes(StandardCharsets.UTF_8);
        String range = request.getHeader("Range");
        int from = 0;
        if (ranges && range != null) {
            from = Integer.parseInt(range.replaceAll("\\D", ""));
            answer.setStatus(206);
            answer.setHeader("Content-Range", "bytes " + from + "-" + (all.length - 1) + "/" + all.length);
        }
        answer.setContentType("application/fhir+ndjson");
        answer.setContentLength(all.length - from);
        int length = cutAfter > 0 ? Math.min(cutAfter, all.length - from) : all.length - from;
        if (length < all.length - from) {
            answer.setHeader("Connection", "close"); // and with it, before all was sent
        }
        cutAfter = 0;
        answer.getOutputStream().write(all, from, length);
        sent += length;
    }

    private static String base(HttpServletRequest request) {
        return "http://localhost:" + request.getLocalPort();
    }
}
