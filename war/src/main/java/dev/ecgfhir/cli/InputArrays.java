package dev.ecgfhir.cli;

import dev.ecgfhir.inference.npy.NpyArray;
import dev.ecgfhir.inference.npy.NpyException;
import dev.ecgfhir.inference.npy.NpyFile;
import dev.ecgfhir.inference.npy.NpyType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a NumPy file that a command was given as its input. */
final class InputArrays {
    private InputArrays() {}

    /**
     * Reads an array of floating-point numbers.
     *
     * @param file the file
     * @param dimensions numbers of axes that the command takes, in words of its help
     * @throws RefusedInput if it cannot be read or is of another kind
     */
    static NpyArray read(Path file, int... dimensions) throws RefusedInput {
        NpyArray array;
        try {
            array = NpyFile.read(file);
        } catch (NpyException e) {
            throw new RefusedInput(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new RefusedInput("cannot read " + Failures.describe(e), e);
        }
        if (array.type() != NpyType.FLOAT32 && array.type() != NpyType.FLOAT64) {
            throw new RefusedInput(file + ": has values of type " + array.type()
                    + "; expected floating-point numbers, for integers carry no unit");
        }
        if (Arrays.stream(dimensions).noneMatch(wanted -> wanted == array.dimensions())
                || Arrays.stream(array.shape()).anyMatch(length -> length == 0)) {
            throw new RefusedInput(file + ": has shape " + Arrays.toString(array.shape()) + "; expected "
                    + (dimensions.length == 1 ? "[leads][samples]" : "[leads][samples] or [batch][leads][samples]")
                    + ", none of them 0");
        }
        return array;
    }
}
