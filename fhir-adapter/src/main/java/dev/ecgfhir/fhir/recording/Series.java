package dev.ecgfhir.fhir.recording;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.SampledData;

/**
 * One {@code SampledData} as read.
 *
 * @param waveform its signal
 * @param beyondLimits how many points were U or L
 * @param defaultUnit the unit, if the series names none and the source's default was taken
 * @param invertedFactor true if factor is negative
 * @param path FHIR path of the SampledData
 */
record Series(
        Waveform waveform, int beyondLimits, Optional<VoltageUnit> defaultUnit, boolean invertedFactor, String path) {

    /** Reads one; {@code mostPoints} is what is left of the recording's limit. */
    static Series read(SampledData data, String path, ReadOptions options, int mostPoints) throws Refusal {
        if (data.hasDimensions() && data.getDimensions() > 1) {
            throw interlaced(data, path);
        }
        return readInterlaced(data, path, options, mostPoints).get(0);
    }

    /** Reads one that may interlace several leads: one series for each of its dimensions, in their order. */
    static List<Series> readInterlaced(SampledData data, String path, ReadOptions options, int mostPoints)
            throws Refusal {
        if (data.getDimensions() < 1) {
            throw new Refusal(
                    RefusalReason.BAD_SAMPLED_DATA,
                    path + ".dimensions",
                    "dimensions is missing or not positive; expected 1");
        }
        Quantity origin = data.getOrigin();
        if (origin.hasComparator()) {
            throw new Refusal(
                    RefusalReason.BAD_SAMPLED_DATA,
                    path + ".origin.comparator",
                    "origin has a comparator; expected an exact value");
        }
        UnitReader.Found unit = UnitReader.read(origin, options, path);
        BigDecimal zero = number(origin.getValue(), path + ".origin.value", "the voltage that a datum of 0 stands for");
        BigDecimal factor = data.hasFactor()
                ? number(data.getFactor(), path + ".factor", "a number other than 0, or no factor, which means 1")
                : BigDecimal.ONE;
        if (factor.signum() == 0) {
            throw new Refusal(
                    RefusalReason.BAD_SAMPLED_DATA,
                    path + ".factor",
                    "factor is 0, which makes every sample the same; expected another number");
        }
        SamplingFrequency frequency = SamplingPeriod.read(data, path);
        if (!data.hasData()) {
            throw new Refusal(
                    RefusalReason.NO_DATA,
                    path + ".data",
                    "data is missing; expected decimals, E, U or L (a server's summary leaves data out: ask for the full resource)");
        }
        Scaling scaling = new Scaling(zero, factor, unit.unit());
        SampleTokens samples = SampleTokens.read(data.getData(), scaling, mostPoints, path + ".data");
        int leads = data.getDimensions();
        if (samples.count() % leads != 0) {
            throw new Refusal(
                    RefusalReason.BAD_SAMPLED_DATA,
                    path + ".data",
                    "data has " + samples.count() + " points and dimensions is " + leads
                            + "; expected a multiple of it");
        }
        List<Series> series = new ArrayList<>();
        for (int lead = 0; lead < leads; lead++) {
            series.add(new Series(
                    samples.waveform(frequency, lead, leads),
                    samples.beyondLimits(lead, leads),
                    unit.byDefault() ? Optional.of(unit.unit()) : Optional.empty(),
                    factor.signum() < 0,
                    path));
        }
        return series;
    }

    /** Returns the refusal of interlaced data. */
    static Refusal interlaced(SampledData data, String path) {
        return new Refusal(
                RefusalReason.UNSUPPORTED_FORM,
                path + ".dimensions",
                "dimensions is " + data.getDimensions()
                        + ", so the data interlaces several leads, and nothing in the resource says in which order; expected 1, one series for each lead, or a lead order in the source's settings");
    }

    SamplingFrequency frequency() {
        return waveform.frequency();
    }

    int samples() {
        return waveform.samples();
    }

    double seconds() {
        return waveform.seconds();
    }

    private static BigDecimal number(BigDecimal value, String element, String expected) throws Refusal {
        if (value == null) {
            throw new Refusal(RefusalReason.BAD_SAMPLED_DATA, element, "the value is missing; expected " + expected);
        }
        if (!Numbers.isReasonable(value)) {
            throw new Refusal(
                    RefusalReason.BAD_SAMPLED_DATA,
                    element,
                    "the value has " + value.precision() + " digits and the exponent " + -(long) value.scale()
                            + "; expected " + expected);
        }
        return value;
    }
}
