package dev.ecgfhir.fhir.recording;

import java.util.Optional;

/** The units in which an ECG's voltage may arrive, by their UCUM codes, which are case-sensitive. */
public enum VoltageUnit {
    /** Volt. */
    VOLT("V", 3),
    /** Millivolt, the unit that everything is brought to. */
    MILLIVOLT("mV", 0),
    /** Microvolt. */
    MICROVOLT("uV", -3),
    /** Nanovolt. */
    NANOVOLT("nV", -6);

    private final String code;
    private final int powerOfTen;

    VoltageUnit(String code, int powerOfTen) {
        this.code = code;
        this.powerOfTen = powerOfTen;
    }

    /** Returns the UCUM code, for example {@code uV}. */
    public String code() {
        return code;
    }

    /** Returns p where one of this unit is 10^p millivolts. */
    public int powerOfTen() {
        return powerOfTen;
    }

    /**
     * Returns the unit of a UCUM code.
     *
     * @param code UCUM code, case-sensitive
     * @return empty if it is none of ours
     */
    static Optional<VoltageUnit> ofCode(String code) {
        for (VoltageUnit unit : values()) {
            if (unit.code.equals(code)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the unit that a text means.
     *
     * @param text for example {@code mV}, {@code uV}, the micro sign with either of Unicode's signs, {@code mcV}; upper and lower case matter only where
     *     they must: MV would be megavolts and is none of ours
     * @return empty if it is none of ours
     */
    public static Optional<VoltageUnit> ofText(String text) {
        return switch (text) {
            case "V", "volt", "Volt", "volts", "Volts" -> Optional.of(VOLT);
            case "mV", "mv", "millivolt", "Millivolt", "millivolts", "Millivolts", "milliVolt" ->
                Optional.of(MILLIVOLT);
            case "uV", "uv", "\u00B5V", "\u00B5v", "\u03BCV", "\u03BCv", "mcV", "mcv" -> Optional.of(MICROVOLT);
            case "microvolt", "Microvolt", "microvolts", "Microvolts", "microVolt" -> Optional.of(MICROVOLT);
            case "nV", "nv", "nanovolt", "Nanovolt", "nanovolts", "Nanovolts", "nanoVolt" -> Optional.of(NANOVOLT);
            default -> Optional.empty();
        };
    }
}
