package dev.ecgfhir.cli;

import dev.ecgfhir.inference.Precision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that chooses the number format of a network. */
final class PrecisionOption {
    @Option(
            names = "--precision",
            paramLabel = "NAME",
            description =
                    "float32 (default), bfloat16-weights, float16-weights, int8-weights or bfloat16; changes scores.")
    private String name = Precision.FLOAT32.text();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** Returns the precision; a wrong name is wrong usage. */
    Precision chosen() {
        return Precision.of(name).orElseThrow(() -> {
            String problem = "--precision must be one of " + Precision.names() + ", was '" + name + "'";
            return spec == null
                    ? new IllegalArgumentException(problem)
                    : new ParameterException(spec.commandLine(), problem);
        });
    }
}
