package dev.ecgfhir.ledger;

import java.nio.file.Path;
import java.time.Clock;

/** A process that discovers one ECG after the other, telling each on its standard output as soon as it has its row, until it is killed. */
final class LedgerWriter {
    private LedgerWriter() {}

    public static void main(String[] arguments) {
        Ledger ledger = new Ledger(Pools.h2(Path.of(arguments[0])), Clock.systemUTC());
        for (int i = 0; ; i++) {
            ledger.discover(LedgerContract.SOURCE, "Observation/" + i, "1", Priority.ROUTINE);
            System.out.println("has " + i);
        }
    }
}
