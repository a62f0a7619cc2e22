package dev.ecgfhir.routes;

import java.time.Duration;
import org.apache.camel.CamelContext;

/**
 * Stops a context within a set time. By itself Camel waits without end for a worker that does not come back, even when it has decided to
 * wait no more.
 */
public final class OrderlyStop {
    private OrderlyStop() {}

    /**
     * Stops a context, or leaves it stopping. What is still in work then is taken up again when its lease ends.
     *
     * @param longest most time that this takes; longer than the timeout of the context's shutdown strategy
     * @return false if something is still in work
     */
    public static boolean of(CamelContext context, Duration longest) {
        Thread stopping = new Thread(context::stop, "ecgfounder-stop");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(longest.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !stopping.isAlive();
    }
}
