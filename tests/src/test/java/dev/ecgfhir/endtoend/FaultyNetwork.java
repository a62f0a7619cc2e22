package dev.ecgfhir.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A network between a client and a server on this machine that cuts, delays and lies, by a seed: a proxy for TCP connections. At first
 * it passes everything on. Safe to share between threads.
 */
final class FaultyNetwork implements AutoCloseable {
    /** What becomes of a connection. */
    enum Fault {
        /** Nothing. */
        NONE,
        /** Closed before a byte went through. */
        REFUSED,
        /** The server's own answer never comes; another one says 500. */
        ERROR_500,
        /** Likewise 503, with a Retry-After of one second. */
        UNAVAILABLE_503,
        /** The server gets the request and works on it; its answer is cut off before the first byte. */
        ANSWER_LOST,
        /** The answer ends in the middle. */
        ANSWER_CUT,
        /** The server does what it is asked; the client is told 500 in its place. */
        DONE_BUT_500,
        /** The server does what it is asked; the client hears nothing until its patience ends. */
        SILENCE,
        /** Each way takes a little longer. */
        DELAYED
    }

    private static final long DELAY_MILLIS = 150;

    private final ServerSocket door;
    private final int port;
    private final Random random;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<Fault, Integer> made = new EnumMap<>(Fault.class);
    private volatile boolean stormy;

    /**
     * Opens it.
     *
     * @param port the server's port on this machine
     * @param seed decides which connection meets which fault
     */
    FaultyNetwork(int port, long seed) throws IOException {
        this.port = port;
        this.random = new Random(seed);
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Returns the port that leads through it. */
    int port() {
        return door.getLocalPort();
    }

    /** Makes faults from now on. */
    void storm() {
        stormy = true;
    }

    /** Lets everything pass from now on, as at the beginning. */
    void calm() {
        stormy = false;
    }

    /** Returns how many connections met which fault. */
    synchronized Map<Fault, Integer> faults() {
        return new EnumMap<>(made);
    }

    private synchronized Fault draw() {
        // four of ten connections are good ones; a good one serves many requests
        Fault fault = !stormy || random.nextInt(10) < 4
                ? Fault.NONE
                : Fault.values()[1 + random.nextInt(Fault.values().length - 1)];
        made.merge(fault, 1, Integer::sum);
        return fault;
    }

    private void accept() {
        try {
            while (!door.isClosed()) {
                Socket client = door.accept();
                threads.execute(() -> serve(client, draw()));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client, Fault fault) {
        try (client) {
            switch (fault) {
                case REFUSED -> client.close();
                case ERROR_500 -> answer(client, "500 Internal Server Error", "");
                case UNAVAILABLE_503 -> answer(client, "503 Service Unavailable", "Retry-After: 1\r\n");
                case NONE, ANSWER_LOST, ANSWER_CUT, DONE_BUT_500, SILENCE, DELAYED -> forward(client, fault);
            }
        } catch (IOException e) {
            // one side is gone: that is what this is about
        }
    }

    private static void answer(Socket client, String status, String header) throws IOException {
        client.getInputStream().read(new byte[65536]);
        say(client, status, header);
    }

    private static void say(Socket client, String status, String header) throws IOException {
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\n" + header + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    private void forward(Socket client, Fault fault) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            threads.execute(() -> {
                try {
                    pump(client.getInputStream(), server.getOutputStream(), fault);
                    server.shutdownOutput();
                } catch (IOException e) {
                    // as above
                }
            });
            InputStream answer = server.getInputStream();
            switch (fault) {
                case ANSWER_LOST -> answer.read();
                case ANSWER_CUT -> {
                    byte[] some = new byte[40];
                    int length = answer.read(some);
                    client.getOutputStream().write(some, 0, Math.max(0, length));
                }
                case DONE_BUT_500 -> {
                    answer.read();
                    say(client, "500 Internal Server Error", "");
                }
                case SILENCE -> answer.transferTo(OutputStream.nullOutputStream());
                default -> pump(answer, client.getOutputStream(), fault);
            }
        }
    }

    private static void pump(InputStream from, OutputStream to, Fault fault) throws IOException {
        byte[] buffer = new byte[65536];
        for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
            if (fault == Fault.DELAYED) {
                delay();
            }
            to.write(buffer, 0, length);
            to.flush();
        }
    }

    /** The delay is the fault itself; nothing is waited for. */
    private static void delay() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(DELAY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
