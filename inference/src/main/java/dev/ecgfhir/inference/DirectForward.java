package dev.ecgfhir.inference;

import dev.ecgfhir.inference.checkpoint.Architecture;
import dev.ecgfhir.inference.checkpoint.Architecture.Block;
import dev.ecgfhir.inference.checkpoint.Network;

/**
 * The network written out as loops over doubles, slow and plain: what an engine's answer is held against when it starts.
 *
 * <p>All signals are [channels][samples]. Stateless apart from the network; safe to share between threads.
 *
 * <h2>References</h2>
 * As {@link Architecture}. Traps of the reference, kept: the pooling pads one <em>zero</em> on the right (not minus infinity); a
 * convolution pads half of what is missing on the left, rounded down; new channels are zeros, half before, half after; the very
 * first block has no swish before its first convolution.
 */
final class DirectForward {
    private final Network network;

    DirectForward(Network network) {
        this.network = network;
    }

    /**
     * Runs the network.
     *
     * @param input [leads][samples], no unit
     * @return logits, then features
     */
    double[][] run(double[][] input) {
        Architecture architecture = network.architecture();
        double[][] x = swish(convolve(input, "first_conv.conv", Architecture.STRIDE, 1));
        for (Block block : architecture.blocks()) {
            x = block(x, block, architecture);
        }
        double[] features = mean(x);
        return new double[][] {linear(features, "dense"), features};
    }

    private double[][] block(double[][] x, Block block, Architecture architecture) {
        String name = block.name();
        int stride = block.halves() ? Architecture.STRIDE : 1;
        int groups = block.outChannels() / architecture.groupWidth();
        double[][] out = block.first() ? x : swish(x);
        out = swish(convolve(out, name + ".conv1.conv", 1, 1));
        out = swish(convolve(out, name + ".conv2.conv", stride, groups));
        out = convolve(out, name + ".conv3.conv", 1, 1);
        double[] squeezed = linear(mean(out), name + ".se_fc1");
        for (int i = 0; i < squeezed.length; i++) {
            squeezed[i] *= sigmoid(squeezed[i]);
        }
        double[] gate = linear(squeezed, name + ".se_fc2");
        int before = (block.outChannels() - block.inChannels()) / 2;
        for (int c = 0; c < out.length; c++) {
            double scale = sigmoid(gate[c]);
            int source = c - before;
            for (int t = 0; t < out[c].length; t++) {
                double shortcut = source < 0 || source >= x.length ? 0 : shortcut(x[source], t, block.halves());
                out[c][t] = out[c][t] * scale + shortcut;
            }
        }
        return out;
    }

    private static double shortcut(double[] channel, int t, boolean halves) {
        if (!halves) {
            return channel[t];
        }
        double right = 2 * t + 1 < channel.length ? channel[2 * t + 1] : 0;
        return Math.max(channel[2 * t], right);
    }

    private double[][] convolve(double[][] x, String name, int stride, int groups) {
        float[] weight = network.weight(name + ".weight");
        float[] bias = network.weight(name + ".bias");
        int samples = x[0].length;
        int in = x.length / groups;
        int taps = weight.length / (bias.length * in);
        int length = (samples + stride - 1) / stride;
        int left = Math.max(0, (length - 1) * stride + taps - samples) / 2;
        double[][] y = new double[bias.length][length];
        for (int o = 0; o < bias.length; o++) {
            int firstIn = o / (bias.length / groups) * in;
            for (int t = 0; t < length; t++) {
                double sum = bias[o];
                int start = t * stride - left;
                for (int i = 0; i < in; i++) {
                    double[] channel = x[firstIn + i];
                    int row = (o * in + i) * taps;
                    for (int k = Math.max(0, -start); k < Math.min(taps, samples - start); k++) {
                        sum += weight[row + k] * channel[start + k];
                    }
                }
                y[o][t] = sum;
            }
        }
        return y;
    }

    private double[] linear(double[] x, String name) {
        float[] weight = network.weight(name + ".weight");
        float[] bias = network.weight(name + ".bias");
        double[] y = new double[bias.length];
        for (int o = 0; o < y.length; o++) {
            double sum = bias[o];
            for (int i = 0; i < x.length; i++) {
                sum += weight[o * x.length + i] * x[i];
            }
            y[o] = sum;
        }
        return y;
    }

    private static double[] mean(double[][] x) {
        double[] mean = new double[x.length];
        for (int c = 0; c < x.length; c++) {
            double sum = 0;
            for (double value : x[c]) {
                sum += value;
            }
            mean[c] = sum / x[c].length;
        }
        return mean;
    }

    private static double[][] swish(double[][] x) {
        double[][] y = new double[x.length][];
        for (int c = 0; c < x.length; c++) {
            y[c] = x[c].clone();
            for (int t = 0; t < y[c].length; t++) {
                y[c][t] *= sigmoid(y[c][t]);
            }
        }
        return y;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
