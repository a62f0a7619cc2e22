package dev.ecgfhir.inference.djl;

import dev.ecgfhir.inference.checkpoint.Architecture;
import dev.ecgfhir.inference.checkpoint.Architecture.Block;

/**
 * Writes the network as TorchScript text for one length of the input, with oneDNN's own layout of the weights and swish fused into the
 * convolutions.
 *
 * <p>{@code prep(w, n)} lays out the weights, given in the order of {@link Architecture#weights()}; {@code forward(x, w)} takes x
 * [batch][leads][samples] and what {@code prep} returned and gives [logits, features]. Signals are [batch][channels][1][samples],
 * channels last, whose means are summed in double precision, because PyTorch sums that layout one after the other. Where the padding is odd (one more on the right), the kernel gets a zero tap in front and symmetric padding.
 *
 * <p>The operations {@code mkldnn::_reorder_convolution_weight} and {@code mkldnn::_convolution_pointwise} are private ones of PyTorch
 * (its own compiler uses them): they are tried when a model starts, never relied upon.
 */
final class OneDnnScript {
    private static final String MEAN = "torch.to(torch.mean(%s, [2, 3], False, dtype=7), 6)"; // 7 double, 6 float
    private static final String UNARY = ", annotate(List[Optional[number]], []), \"\")\n";

    private static final int BFLOAT16 = 15; // of PyTorch's scalar types
    private static final String SUPPORTED =
            "  def bfloat16(self: __torch__.Net) -> bool:\n    return ops.mkldnn._is_mkldnn_bf16_supported()\n";

    private final Architecture architecture;
    private final boolean reduced;
    private final StringBuilder prep = new StringBuilder();
    private final StringBuilder forward = new StringBuilder();
    private int weight;
    private int length;

    private OneDnnScript(Architecture architecture, int samples, boolean reduced) {
        this.architecture = architecture;
        this.length = samples;
        this.reduced = reduced;
    }

    /**
     * Returns the text of a module class {@code Net} for inputs of {@code samples} samples.
     *
     * @param reduced true if signals and the weights of convolutions are bfloat16; linear layers stay float32
     */
    static String of(Architecture architecture, int samples, boolean reduced) {
        return new OneDnnScript(architecture, samples, reduced).text();
    }

    /** Returns text that makes bfloat16 of a tensor, where that is asked for. */
    private String reduced(String tensor) {
        return reduced ? "torch.to(" + tensor + ", " + BFLOAT16 + ")" : tensor;
    }

    private String text() {
        forward.append("    xx = torch.contiguous(" + reduced("torch.unsqueeze(x, 2)") + ", memory_format=2)\n");
        convolution("x0", "xx", architecture.leads(), architecture.kernel(), Architecture.STRIDE, 1, "swish");
        String x = "x0";
        int number = 0;
        for (Block block : architecture.blocks()) {
            x = block(x, ++number, block);
        }
        keep(2);
        forward.append("    features = " + MEAN.formatted(x) + "\n");
        forward.append("    logits = torch.linear(features, w[" + (weight - 2) + "], w[" + (weight - 1) + "])\n");
        forward.append("    return [logits, features]\n");
        return "class Net(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
                + (reduced ? SUPPORTED : "")
                + "  def prep(self: __torch__.Net,\n    w: List[Tensor],\n    n: int) -> List[Tensor]:\n"
                + "    r = annotate(List[Tensor], [])\n" + prep + "    return r\n"
                + "  def forward(self: __torch__.Net,\n    x: Tensor,\n    w: List[Tensor]) -> List[Tensor]:\n"
                + forward;
    }

    private String block(String x, int number, Block block) {
        int channels = block.outChannels();
        int stride = block.halves() ? Architecture.STRIDE : 1;
        int groups = channels / architecture.groupWidth();
        String in = block.first() ? x : "torch.silu(" + x + ")";
        convolution("a" + number, in, block.inChannels(), 1, 1, 1, "swish");
        convolution("b" + number, "a" + number, channels, architecture.kernel(), stride, groups, "swish");
        convolution("c" + number, "b" + number, channels, 1, 1, 1, "none");
        keep(4);
        int linear = weight - 4;
        forward.append("    s%d = torch.silu_(torch.linear(%s, w[%d], w[%d]))\n"
                .formatted(number, MEAN.formatted("c" + number), linear, linear + 1));
        forward.append("    t%1$d = torch.sigmoid_(torch.linear(s%1$d, w[%2$d], w[%3$d]))\n"
                .formatted(number, linear + 2, linear + 3));
        forward.append("    x%1$d = torch.addcmul(%2$s, c%1$d, torch.unsqueeze(torch.unsqueeze(%3$s, 2), 3))\n"
                .formatted(number, shortcut(x, number, block), reduced("t" + number)));
        return "x" + number;
    }

    private String shortcut(String x, int number, Block block) {
        String shortcut = x;
        if (block.halves()) {
            forward.append("    p%d = torch.max_pool2d(torch.constant_pad_nd(%s, [0, 1], 0.), [1, 2], [1, 2])\n"
                    .formatted(number, shortcut));
            shortcut = "p" + number;
        }
        int added = block.outChannels() - block.inChannels();
        if (added > 0) {
            forward.append("    q%d = torch.constant_pad_nd(%s, [0, 0, 0, 0, %d, %d], 0.)\n"
                    .formatted(number, shortcut, added / 2, added - added / 2));
            shortcut = "q" + number;
        }
        return shortcut;
    }

    /** One convolution, its weights laid out by prep; moves {@link #length} on to that of the output. */
    private void convolution(
            String out, String in, int inChannels, int kernel, int stride, int groups, String activation) {
        int outLength = (length + stride - 1) / stride;
        int missing = Math.max(0, (outLength - 1) * stride + kernel - length);
        boolean odd = missing % 2 != 0;
        int padding = (missing + 1) / 2;
        String kernelText = odd ? "torch.constant_pad_nd(w[" + weight + "], [1, 0], 0.)" : "w[" + weight + "]";
        prep.append("    _r = torch.append(r, ops.mkldnn._reorder_convolution_weight(torch.contiguous("
                + reduced("torch.unsqueeze(" + kernelText + ", 2)") + "), [0, " + padding + "], [1, " + stride
                + "], [1, 1], " + groups + ", [n, "
                + inChannels + ", 1, " + length + "]))\n");
        prep.append("    _r = torch.append(r, " + reduced("w[" + (weight + 1) + "]") + ")\n");
        forward.append("    " + out + " = ops.mkldnn._convolution_pointwise(" + in + ", w[" + weight + "], w["
                + (weight + 1) + "], [0, " + padding + "], [1, " + stride + "], [1, 1], " + groups + ", \"" + activation
                + "\"" + UNARY);
        weight += 2;
        length = outLength;
    }

    /** Weights that prep hands on as they are. */
    private void keep(int count) {
        for (int i = 0; i < count; i++) {
            prep.append("    _r = torch.append(r, w[" + weight++ + "])\n");
        }
    }
}
