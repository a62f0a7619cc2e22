package dev.ecgfhir.pipeline;

import java.time.Duration;

/**
 * How long the steps took.
 *
 * @param preprocess filters, resampling, windows
 * @param infer the network
 * @param decide thresholds and findings
 */
public record StepTimes(Duration preprocess, Duration infer, Duration decide) {}
