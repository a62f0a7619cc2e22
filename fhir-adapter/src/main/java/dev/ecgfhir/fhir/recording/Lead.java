package dev.ecgfhir.fhir.recording;

import java.util.List;

/** The twelve standard leads, in the order I, II, III, aVR, aVL, aVF, V1-V6. */
public enum Lead {
    I("I"),
    II("II"),
    III("III"),
    AVR("aVR"),
    AVL("aVL"),
    AVF("aVF"),
    V1("V1"),
    V2("V2"),
    V3("V3"),
    V4("V4"),
    V5("V5"),
    V6("V6");

    private static final List<Lead> TWELVE = List.of(values());

    private final String display;

    Lead(String display) {
        this.display = display;
    }

    /** Returns all twelve in their standard order. */
    public static List<Lead> twelve() {
        return TWELVE;
    }

    /** Returns the lead's name as cardiologists write it, for example {@code aVR}. */
    public String display() {
        return display;
    }
}
