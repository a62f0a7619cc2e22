package dev.ecgfhir.inference.batching;

import dev.ecgfhir.inference.Urgency;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * What waits for a pass, a lane for each urgency, each with places of its own: a quarter is the backlog's. Not thread-safe; {@link WaitingLine}
 * guards it.
 */
final class Lanes {
    /** While both wait, so many live inputs are followed by one of the backlog. */
    static final int LIVE_IN_A_ROW = 4;

    private final int livePlaces;
    private final int backlogPlaces;
    private final Deque<Place> live = new ArrayDeque<>();
    private final Deque<Place> backlog = new ArrayDeque<>();
    private int liveInARow;

    Lanes(int places) {
        this.backlogPlaces = Math.max(1, places / 4);
        this.livePlaces = places - backlogPlaces;
    }

    boolean full(Urgency urgency) {
        return switch (urgency) {
            case LIVE -> live.size() >= livePlaces;
            case BACKLOG -> backlog.size() >= backlogPlaces;
        };
    }

    void add(Place place) {
        lane(place.call().urgency()).addLast(place);
    }

    /** Takes the inputs of a call out; returns whether there were any. */
    boolean remove(Call call) {
        return lane(call.urgency()).removeIf(place -> place.call() == call);
    }

    /** Returns how many inputs wait. */
    int waiting() {
        return live.size() + backlog.size();
    }

    /** Returns how many inputs of an urgency wait. */
    int waiting(Urgency urgency) {
        return lane(urgency).size();
    }

    /** Returns for how long the oldest input has waited, ns. */
    long age() {
        long now = System.nanoTime();
        long oldest = live.isEmpty() ? 0 : now - live.getFirst().since();
        return backlog.isEmpty()
                ? oldest
                : Math.max(oldest, now - backlog.getFirst().since());
    }

    /**
     * Takes the inputs of the next pass, all of one length; at least one waits.
     *
     * @param most of them
     */
    List<Place> next(int most) {
        List<Place> batch = new ArrayList<>(most);
        Place first = lane(nextLane()).removeFirst();
        batch.add(first);
        int samples = first.input().samples();
        while (batch.size() < most && waiting() > 0) {
            Urgency lane = nextLane();
            if (!moveOne(lane, samples, batch) && !moveOne(other(lane), samples, batch)) {
                break;
            }
        }
        return batch;
    }

    /** Takes the lane's first input of that length. */
    private boolean moveOne(Urgency urgency, int samples, List<Place> batch) {
        Iterator<Place> lane = lane(urgency).iterator();
        while (lane.hasNext()) {
            Place place = lane.next();
            if (place.input().samples() == samples) {
                lane.remove();
                batch.add(place);
                return true;
            }
        }
        return false;
    }

    private Urgency nextLane() {
        if (live.isEmpty()) {
            return Urgency.BACKLOG;
        }
        if (backlog.isEmpty()) {
            liveInARow = 0;
            return Urgency.LIVE;
        }
        liveInARow = (liveInARow + 1) % (LIVE_IN_A_ROW + 1);
        return liveInARow == 0 ? Urgency.BACKLOG : Urgency.LIVE;
    }

    private static Urgency other(Urgency urgency) {
        return urgency == Urgency.LIVE ? Urgency.BACKLOG : Urgency.LIVE;
    }

    private Deque<Place> lane(Urgency urgency) {
        return switch (urgency) {
            case LIVE -> live;
            case BACKLOG -> backlog;
        };
    }
}
