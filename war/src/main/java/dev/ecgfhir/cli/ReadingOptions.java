package dev.ecgfhir.cli;

import dev.ecgfhir.fhir.recording.LeadOrder;
import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.recording.VoltageUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What ECGs in files leave to agreement, and how long they may be: the settings of a source as options, for every command that reads ECGs. */
final class ReadingOptions {
    @Option(
            names = "--maximum-points",
            paramLabel = "N",
            converter = Points.class,
            description = "Most samples of one ECG, all leads together, 1..100000000 (default "
                    + ReadOptions.DEFAULT_MAXIMUM_POINTS
                    + "). A day of one lead at 250 Hz has 21600000.")
    private @Nullable Integer points;

    @Option(
            names = "--default-unit",
            paramLabel = "UNIT",
            converter = Unit.class,
            description = "Unit of samples that carry none: mV, uV, nV or V. Without it such an ECG is refused.")
    private @Nullable VoltageUnit unit;

    @Option(
            names = "--lead-order",
            paramLabel = "LEADS",
            converter = Order.class,
            description = "Leads of an ECG in which nothing names any, in its own order:"
                    + " I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6. Without it such an ECG is refused.")
    private @Nullable LeadOrder order;

    /** Returns how files are read. */
    ReadOptions options() {
        return over(ReadOptions.defaults());
    }

    /** Returns how ECGs of a source are read: what is given here comes before what its settings say. */
    ReadOptions over(ReadOptions source) {
        ReadOptions options = points == null ? source : source.withMaximumPoints(points);
        options = unit == null ? options : options.withDefaultUnit(unit);
        return order == null ? options : options.withLeadOrder(order);
    }

    /** Reads a number within the limits of {@link ReadOptions}. */
    static final class Points implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            try {
                return ReadOptions.defaults()
                        .withMaximumPoints(Integer.parseInt(value))
                        .maximumPoints();
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("must be in 1..100000000, was '" + value + "'");
            }
        }
    }

    /** Reads a unit by the names that the settings take. */
    static final class Unit implements ITypeConverter<VoltageUnit> {
        private static final Set<String> NAMES = Set.of("mV", "uV", "nV", "V");

        @Override
        public VoltageUnit convert(String value) {
            return VoltageUnit.ofText(value)
                    .filter(unit -> NAMES.contains(value))
                    .orElseThrow(() -> new TypeConversionException("must be mV, uV, nV or V, was '" + value + "'"));
        }
    }

    /** Reads leads as the settings take them. */
    static final class Order implements ITypeConverter<LeadOrder> {
        @Override
        public LeadOrder convert(String value) {
            return LeadOrder.parse(value)
                    .orElseThrow(() -> new TypeConversionException(
                            "must be leads separated by commas, each once, was '" + value + "'"));
        }
    }
}
