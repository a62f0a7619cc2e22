package dev.ecgfhir.endtoend;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Where a worker is to die: at a step of an ECG's way, or a moment after it, in the middle of what comes next. Safe to share between threads. */
final class Death implements Predicate<String> {
    private static final int LONGEST_MOMENT_MILLIS = 300;

    private final String step;
    private final AtomicInteger passes;
    private final int moment;
    private volatile Runnable kill = () -> {};

    private Death(String step, int passes, int moment) {
        this.step = step;
        this.passes = new AtomicInteger(passes);
        this.moment = moment;
    }

    /**
     * Draws one: half of them at the step, half a moment later.
     *
     * @param step where
     * @param often how often a worker may pass the step before, at most
     */
    static Death drawn(String step, int often, Random random) {
        return new Death(
                step, random.nextInt(often + 1), random.nextBoolean() ? 0 : 1 + random.nextInt(LONGEST_MOMENT_MILLIS));
    }

    /** Says how a worker is killed that is to die a moment after its step. */
    void by(Runnable newKill) {
        kill = newKill;
    }

    /** Returns true if a worker at this step is to be killed there. */
    @Override
    public boolean test(String reached) {
        if (!reached.equals(step) || passes.getAndDecrement() != 0) {
            return false;
        }
        if (moment == 0) {
            return true;
        }
        CompletableFuture.delayedExecutor(moment, TimeUnit.MILLISECONDS).execute(kill);
        return false;
    }

    @Override
    public String toString() {
        return moment == 0 ? step : step + " + " + moment + " ms";
    }
}
