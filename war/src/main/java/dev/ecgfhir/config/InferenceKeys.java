package dev.ecgfhir.config;

import java.util.List;

/** Settings of how networks and filters run; {@link ServingSettings} and {@code InferenceConfig}. */
final class InferenceKeys {
    static final Key ENGINE = Key.of(
            "ecgfhir.inference.engine",
            "auto",
            "auto, pytorch or vector",
            "What runs the network. vector is pure Java for CPUs and needs --add-modules jdk.incubator.vector; auto takes a GPU if there is one, else times both at the start and takes the faster; the log says why.");
    static final Key DEVICE = Key.of(
            "ecgfhir.inference.device",
            "auto",
            "auto, cpu or gpu:N",
            "Where the network runs. Only auto falls back; a GPU that is asked for and not there stops the start.");
    static final Key THREADS =
            Key.of("ecgfhir.inference.threads", "1", "1..256", "Threads of one forward pass on a CPU.");
    static final Key PRECISION = Key.of(
            "ecgfhir.inference.precision",
            "float32",
            "float32, bfloat16-weights, float16-weights, int8-weights or bfloat16",
            "Number format of the networks. All but float32 change scores, as docs/benchmarks.md tells; reports name it. bfloat16 is for engine pytorch on a CPU that has it.");
    static final Key BATCH_SIZE = Key.of(
            "ecgfhir.inference.batch-size",
            "auto",
            "auto or 1..256",
            "Most windows of one forward pass. auto is what the engine is fastest with: few on a CPU, where each has processors of its own, 32 on a GPU.");
    static final Key BATCH_WINDOW = Key.of(
            "ecgfhir.inference.batch-window",
            "5ms",
            "0ms..1s",
            "Longest time that a window waits for others to join its forward pass; only on a GPU, or where batch-size is set.");
    static final Key QUEUE_SIZE = Key.of(
            "ecgfhir.inference.queue-size",
            "256",
            "4..100000",
            "Windows that may wait for each network, 12 x 5000 numbers each; a quarter of the places is the backlog's. When it is full, routes wait and $interpret answers 503 with Retry-After.");
    static final Key CPU_FALLBACK = Key.of(
            "ecgfhir.inference.cpu-fallback",
            "true",
            Key.FLAG,
            "Whether the CPU takes over, with an alarm, when a GPU is lost while the server runs. Otherwise nothing is scored until a restart.");
    static final Key MAINS = Key.of(
            "ecgfhir.mains-frequency", "50", "50 or 60", "Mains frequency, Hz, which the notch filter takes out.");

    /** All of them, in the order of the documentation. */
    static final List<Key> ALL =
            List.of(ENGINE, DEVICE, THREADS, PRECISION, BATCH_SIZE, BATCH_WINDOW, QUEUE_SIZE, CPU_FALLBACK, MAINS);

    private InferenceKeys() {}
}
