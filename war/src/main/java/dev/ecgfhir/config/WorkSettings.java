package dev.ecgfhir.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How ECGs from sources are worked on.
 *
 * @param interpretWorkers ECGs that are interpreted at once
 * @param deliverWorkers reports that are delivered at once to each server
 * @param lease how long an ECG belongs to the worker that took it up
 * @param firstPause pause after a first failure
 * @param longestPause longest pause
 * @param maximumFailures failures of one ECG after which it is given up
 * @param retention how long the ledger keeps what is done with; empty for ever
 */
public record WorkSettings(
        int interpretWorkers,
        int deliverWorkers,
        Duration lease,
        Duration firstPause,
        Duration longestPause,
        int maximumFailures,
        Optional<Duration> retention) {}
