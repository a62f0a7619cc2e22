package dev.ecgfhir.inference.vector;

/** Room for one widened block of weights for each thread: it stays in the processor's second cache. */
final class Widened {
    private static final ThreadLocal<float[]> ROOM = ThreadLocal.withInitial(() -> new float[0]);

    private Widened() {}

    /** Returns the calling thread's room, with place for so many floats or more. */
    static float[] room(int floats) {
        float[] room = ROOM.get();
        if (room.length < floats) {
            room = new float[floats];
            ROOM.set(room);
        }
        return room;
    }
}
