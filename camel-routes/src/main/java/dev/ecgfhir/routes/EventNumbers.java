package dev.ecgfhir.routes;

import dev.ecgfhir.fhir.source.Notification;
import dev.ecgfhir.ledger.Subscriptions.Counted;

/**
 * What the numbers of a notification say: a source counts its events from the beginning of a subscription, so a number that is passed
 * over means a notification that did not come.
 *
 * <p>One that comes late or twice changes nothing. A count that begins anew (handshake, or a heartbeat with a lower number) is followed.
 */
final class EventNumbers {
    private EventNumbers() {}

    /**
     * Counts a notification.
     *
     * @param last the highest number before
     * @param stored whether everything that it names has its row
     */
    static Counted after(long last, Notification notification, boolean stored) {
        long count = notification.eventsSinceStart().orElse(last);
        if (notification.kind() == Notification.Kind.HANDSHAKE) {
            return new Counted(count, true);
        }
        if (notification.kind() == Notification.Kind.HEARTBEAT) {
            return new Counted(count, count != last);
        }
        long[] numbers = notification.events().stream()
                .flatMap(event -> event.number().stream())
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        long reached = last;
        boolean missing = !stored || notification.leavesOpen();
        for (long number : numbers) {
            missing |= number > reached + 1;
            reached = Math.max(reached, number);
        }
        missing |= count > reached;
        return new Counted(Math.max(reached, count), missing);
    }
}
