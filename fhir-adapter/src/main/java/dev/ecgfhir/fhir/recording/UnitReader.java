package dev.ecgfhir.fhir.recording;

import java.util.Optional;
import org.hl7.fhir.r4.model.Quantity;

/**
 * The unit of a series, which stands in {@code SampledData.origin}.
 *
 * <p>The UCUM code counts; where there is none of UCUM, the unit as text or the code of another system does. A code and a text that
 * name different units refuse the series.
 */
final class UnitReader {
    private static final String UCUM = "unitsofmeasure.org";

    private UnitReader() {}

    /**
     * A unit and how it was found.
     *
     * @param unit the unit
     * @param byDefault true if the series names none and the source's default was taken
     */
    record Found(VoltageUnit unit, boolean byDefault) {}

    static Found read(Quantity origin, ReadOptions options, String path) throws Refusal {
        String code = origin.hasCode() ? origin.getCode().strip() : "";
        String text = origin.hasUnit() ? origin.getUnit().strip() : "";
        Optional<VoltageUnit> byCode = isUcum(origin) ? VoltageUnit.ofCode(code) : VoltageUnit.ofText(code);
        Optional<VoltageUnit> byText = VoltageUnit.ofText(text);
        if (!code.isEmpty() && byCode.isEmpty()) {
            throw new Refusal(
                    RefusalReason.BAD_UNIT,
                    path + ".origin.code",
                    "the unit code is " + Quoted.of(code) + "; expected the UCUM code mV, uV, nV or V");
        }
        if (byCode.isPresent() && byText.isPresent() && !byCode.equals(byText)) {
            throw new Refusal(
                    RefusalReason.BAD_UNIT,
                    path + ".origin.unit",
                    "the code says " + byCode.get().code() + " and the unit's text "
                            + byText.get().code() + "; expected the same unit in both");
        }
        if (byCode.isPresent()) {
            return new Found(byCode.get(), false);
        }
        if (byText.isPresent()) {
            return new Found(byText.get(), false);
        }
        if (!text.isEmpty()) {
            throw new Refusal(
                    RefusalReason.BAD_UNIT,
                    path + ".origin.unit",
                    "the unit is " + Quoted.of(text) + "; expected mV, uV, nV or V");
        }
        if (options.defaultUnit().isPresent()) {
            return new Found(options.defaultUnit().get(), true);
        }
        throw new Refusal(
                RefusalReason.NO_UNIT,
                path + ".origin",
                "origin names no unit; expected the UCUM code mV, uV, nV or V, or a default unit in the source's settings");
    }

    private static boolean isUcum(Quantity origin) {
        return origin.hasSystem() && origin.getSystem().contains(UCUM);
    }
}
