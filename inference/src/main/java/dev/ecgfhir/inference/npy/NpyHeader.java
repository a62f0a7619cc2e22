package dev.ecgfhir.inference.npy;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dictionary at the head of a NumPy file. */
final class NpyHeader {
    private static final int MOST_DIMENSIONS = 32;
    private static final Pattern ENTRY = Pattern.compile(
            "\\s*'(descr|fortran_order|shape)'\\s*:\\s*('[^']*'|True|False|\\([0-9, ]*\\))\\s*(?:,|(?=\\}))");
    private static final Pattern DESCR = Pattern.compile("'([<>|=])([a-zA-Z]\\d{1,2})'");

    private final NpyType type;
    private final ByteOrder order;
    private final int[] shape;

    private NpyHeader(NpyType type, ByteOrder order, int[] shape) {
        this.type = type;
        this.order = order;
        this.shape = shape;
    }

    static NpyHeader parse(String header) {
        String text = header.strip();
        if (!text.startsWith("{") || !text.endsWith("}")) {
            throw new NpyException("the header is not a dictionary");
        }
        String descr = "";
        String fortran = "";
        String shape = "";
        Matcher entry = ENTRY.matcher(text);
        int position = 1;
        while (entry.find(position) && entry.start() == position) {
            switch (entry.group(1)) {
                case "descr" -> descr = entry.group(2);
                case "fortran_order" -> fortran = entry.group(2);
                default -> shape = entry.group(2);
            }
            position = entry.end();
        }
        if (!text.substring(position).strip().equals("}")) {
            throw new NpyException(
                    "the header has an entry other than descr, fortran_order and shape, or one of another form");
        }
        if (!fortran.equals("False")) {
            throw new NpyException("expected C order ('fortran_order': False), found '" + fortran + "'");
        }
        Matcher type = DESCR.matcher(descr);
        if (!type.matches()) {
            throw new NpyException(
                    "expected an element type such as '<f8', found " + (descr.isEmpty() ? "none" : descr));
        }
        NpyType known = NpyType.ofCode(type.group(2))
                .orElseThrow(() -> new NpyException(
                        "expected element type f4, f8, i1, i2, i4 or i8, found '" + type.group(2) + "'"));
        ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NpyHeader(known, order, shape(shape));
    }

    private static int[] shape(String tuple) {
        if (!tuple.startsWith("(")) {
            throw new NpyException("expected a shape such as (12, 5000), found " + (tuple.isEmpty() ? "none" : tuple));
        }
        String[] lengths = Arrays.stream(tuple.substring(1, tuple.length() - 1).split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toArray(String[]::new);
        if (lengths.length > MOST_DIMENSIONS) {
            throw new NpyException("an array has at most " + MOST_DIMENSIONS + " axes, found " + lengths.length);
        }
        int[] shape = new int[lengths.length];
        for (int i = 0; i < shape.length; i++) {
            try {
                shape[i] = Integer.parseInt(lengths[i]);
            } catch (NumberFormatException e) {
                throw new NpyException("an axis has 0.." + Integer.MAX_VALUE + " values, found '" + lengths[i] + "'");
            }
        }
        return shape;
    }

    NpyType type() {
        return type;
    }

    ByteOrder order() {
        return order;
    }

    int[] shape() {
        return shape;
    }

    /** Returns the number of values, the product of the shape. */
    long values() {
        long product = 1;
        for (int length : shape) {
            if (length != 0 && product > Integer.MAX_VALUE / length) {
                throw new NpyException(
                        "shape " + Arrays.toString(shape) + " has more than " + Integer.MAX_VALUE + " values");
            }
            product *= length;
        }
        return product;
    }
}
