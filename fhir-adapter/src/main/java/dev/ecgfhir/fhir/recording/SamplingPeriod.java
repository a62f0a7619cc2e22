package dev.ecgfhir.fhir.recording;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.SampledData;

/**
 * The sampling frequency that a {@code SampledData.period} means.
 *
 * <p>1000 / period, with one refinement: most frequencies have no finite decimal as their period (300 Hz is 3.333... ms). A period that
 * is written with three or more decimals and is exactly what rounding 1000 / f to that many decimals gives, for a whole number f of
 * hertz, means f.
 */
final class SamplingPeriod {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final int FEWEST_DECIMALS = 3;
    private static final String R5 = "http://hl7.org/fhir/5.0/StructureDefinition/extension-SampledData.";

    private SamplingPeriod() {}

    static SamplingFrequency read(SampledData data, String path) throws Refusal {
        checkExtensions(data, path);
        String element = path + ".period";
        if (!data.hasPeriod()) {
            throw new Refusal(
                    RefusalReason.NO_PERIOD,
                    element,
                    "period is missing, so the sampling frequency is unknown; expected the milliseconds between samples"
                            + " (an R5 Observation has interval and intervalUnit instead, which are lost when it is read as R4)");
        }
        BigDecimal period = data.getPeriod();
        if (period.signum() <= 0 || !Numbers.isReasonable(period)) {
            throw new Refusal(
                    RefusalReason.BAD_PERIOD,
                    element,
                    "period is " + Quoted.of(period.toString())
                            + "; expected the milliseconds between samples, more than 0");
        }
        SamplingFrequency frequency = frequency(period);
        if (!frequency.isAccepted()) {
            throw new Refusal(
                    RefusalReason.BAD_SAMPLING_FREQUENCY,
                    element,
                    "period " + period + " ms is " + frequency
                            + "; expected more than 100 Hz and at most 2000 Hz, a period of 0.5 ms to less than 10 ms"
                            + hint(period));
        }
        return frequency;
    }

    static SamplingFrequency frequency(BigDecimal period) {
        double hertz = 1000 / period.doubleValue();
        long whole = Math.round(hertz);
        if (period.scale() >= FEWEST_DECIMALS
                && whole > 0
                && whole < 1_000_000
                && THOUSAND.divide(BigDecimal.valueOf(whole), period.scale(), RoundingMode.HALF_UP)
                                .compareTo(period)
                        == 0) {
            return new SamplingFrequency(whole);
        }
        return new SamplingFrequency(hertz);
    }

    private static String hint(BigDecimal period) {
        SamplingFrequency asSeconds = frequency(period.multiply(THOUSAND, MathContext.DECIMAL128));
        return asSeconds.isAccepted()
                ? "; in seconds, which FHIR does not allow here, it would be " + asSeconds
                        + ": the sender seems to write seconds"
                : "";
    }

    /** R5 elements that arrive in R4 as extensions and change what period or data mean. */
    private static void checkExtensions(SampledData data, String path) throws Refusal {
        for (Extension extension : data.getExtension()) {
            String url = extension.hasUrl() ? extension.getUrl() : "";
            if (!url.startsWith(R5)) {
                continue;
            }
            String name = url.substring(R5.length());
            boolean milliseconds = name.equals("intervalUnit")
                    && extension.hasValue()
                    && extension.getValue().isPrimitive()
                    && "ms".equals(extension.getValue().primitiveValue());
            if (!milliseconds) {
                throw new Refusal(
                        RefusalReason.UNSUPPORTED_FORM,
                        path + ".extension",
                        "the R5 element " + Quoted.of(name)
                                + " is not read; expected evenly spaced samples, period in milliseconds, and no codes but E, U and L");
            }
        }
    }
}
