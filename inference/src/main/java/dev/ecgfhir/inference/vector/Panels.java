package dev.ecgfhir.inference.vector;

import static dev.ecgfhir.inference.vector.Lanes.PAIR;

/** Weights in panels: all inputs of two vectors of output channels, one input after another. */
final class Panels {
    private Panels() {}

    /**
     * Packs weights.
     *
     * @param weight [outputs][inputs][taps]
     * @param inputs channels that come in
     * @param taps of each
     * @param outputs channels that go out
     * @return [panel][taps x inputs][2 * lanes], zero where there is no output
     */
    static float[][] pack(float[] weight, int inputs, int taps, int outputs) {
        int count = taps * inputs;
        float[][] panels = new float[Lanes.padded(outputs) / PAIR][count * PAIR];
        for (int o = 0; o < outputs; o++) {
            float[] panel = panels[o / PAIR];
            for (int i = 0; i < count; i++) {
                panel[i * PAIR + o % PAIR] = weight[(o * inputs + i % inputs) * taps + i / inputs];
            }
        }
        return panels;
    }
}
