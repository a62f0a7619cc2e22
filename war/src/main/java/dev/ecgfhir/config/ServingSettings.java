package dev.ecgfhir.config;

import dev.ecgfhir.inference.batching.BatchingConfig;

/**
 * How many callers are served by few forward passes.
 *
 * @param batching sizes and times of each network's queue
 * @param cpuFallback true if the CPU takes over when a GPU is lost
 */
public record ServingSettings(BatchingConfig batching, boolean cpuFallback) {}
