package dev.ecgfhir.inference;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Finds how fast each of several models runs a window, by having them take turns: what disturbs one disturbs the others.
 *
 * <p>Models that run on the calling thread alone are timed by that thread's processor time, which does not count while others have the
 * processor; so a busy machine makes the race longer, not its outcome another one. Java's compiler, too, gets its share of the
 * processor in that time. Each model's time is its shortest pass.
 */
final class Race {
    private static final int LEAST_RUNS = 5;

    /** As long without a better time ends a trial; while Java compiles, times become better and better. */
    private static final long SETTLED_NANOS = 250_000_000;

    private static final long LONGEST_NANOS = 5_000_000_000L;
    private static final double BETTER = 0.97;

    /**
     * So long a slower model is run that Java has to compile: its kernels were seen to stay twenty times slower for more than a quarter of a
     * second before the second compiler was done. After that one that is still so many times slower is given up: there may be no such compiler.
     */
    private static final long COMPILING_NANOS = 3_000_000_000L;

    private static final double HOPELESS = 3;

    /** Where the machine is so busy that nothing settles, the start goes on. */
    private static final long LONGEST_WALL_NANOS = 30_000_000_000L;

    private final LongSupplier clock;
    private final LongSupplier wall;

    /**
     * Prepares a race.
     *
     * @param clock nanoseconds that count for a pass
     * @param wall nanoseconds by which the race ends in any case
     */
    Race(LongSupplier clock, LongSupplier wall) {
        this.clock = clock;
        this.wall = wall;
    }

    /** Prepares a race of models with so many threads of a forward pass. */
    static Race of(int threads) {
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        boolean counted = threads == 1 && thread.isCurrentThreadCpuTimeSupported() && thread.isThreadCpuTimeEnabled();
        return new Race(counted ? thread::getCurrentThreadCpuTime : System::nanoTime, System::nanoTime);
    }

    /**
     * Runs the race.
     *
     * @param entrants one forward pass of each model
     * @return the shortest time of each, nanoseconds
     */
    List<Long> run(List<Entrant> entrants) {
        List<Trial> trials = entrants.stream().map(Trial::new).toList();
        long end = wall.getAsLong() + LONGEST_WALL_NANOS;
        List<Trial> open = new ArrayList<>(trials);
        while (!open.isEmpty() && wall.getAsLong() < end) {
            open.forEach(Trial::run);
            long best = trials.stream().mapToLong(trial -> trial.shortest).min().orElseThrow();
            open.removeIf(trial -> trial.isOver(best));
        }
        return trials.stream().map(trial -> trial.shortest).toList();
    }

    /**
     * One that takes part.
     *
     * @param pass one forward pass
     * @param compiled true if Java compiles its kernels while it runs
     */
    record Entrant(Runnable pass, boolean compiled) {}

    private final class Trial {
        private final Entrant entrant;
        private int runs;
        private long spent;
        private long better; // what was spent when the time last became better than by chance
        private long marked = Long.MAX_VALUE; // the time at that moment
        private long shortest = Long.MAX_VALUE;

        Trial(Entrant entrant) {
            this.entrant = entrant;
        }

        void run() {
            long before = clock.getAsLong();
            entrant.pass.run();
            long nanos = clock.getAsLong() - before;
            spent += nanos;
            runs++;
            if (nanos < BETTER * marked) {
                better = spent;
                marked = nanos;
            }
            shortest = Math.min(shortest, nanos);
        }

        boolean isOver(long best) {
            boolean mayBecomeFaster = entrant.compiled && shortest > best && spent < COMPILING_NANOS;
            if (runs <= LEAST_RUNS || mayBecomeFaster) {
                return false;
            }
            boolean hopeless = spent > COMPILING_NANOS && shortest / HOPELESS > best;
            return spent - better > SETTLED_NANOS || spent > LONGEST_NANOS || hopeless;
        }
    }
}
