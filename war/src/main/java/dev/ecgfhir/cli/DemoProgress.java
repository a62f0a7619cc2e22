package dev.ecgfhir.cli;

import dev.ecgfhir.ledger.State;
import java.util.List;

/** The live line of the demonstration; on something other than a terminal one line for each change. */
final class DemoProgress {
    private final Console console;
    private final boolean terminal;
    private String last = "";

    /**
     * Makes it.
     *
     * @param console where it is shown
     * @param terminal true if a line can be overwritten there
     */
    DemoProgress(Console console, boolean terminal) {
        this.console = console;
        this.terminal = terminal;
    }

    /**
     * Shows how far the demonstration is.
     *
     * @param all recordings altogether
     * @param posted how many the gateway has sent
     * @param states states of those that the server has found
     */
    void show(int all, int posted, List<State> states) {
        long finished = states.stream().filter(State::isFinished).count();
        long interpreted = finished
                + states.stream().filter(state -> state == State.INTERPRETED).count();
        String line = "posted " + posted + "/" + all + ", found " + states.size() + "/" + all + ", interpreted "
                + interpreted + "/" + all + ", finished " + finished + "/" + all;
        if (line.equals(last)) {
            return;
        }
        last = line;
        if (!terminal) {
            console.message(line);
            return;
        }
        console.progress(line);
        if (finished == all) {
            console.message("");
        }
    }
}
