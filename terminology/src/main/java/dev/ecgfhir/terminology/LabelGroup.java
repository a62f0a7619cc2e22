package dev.ecgfhir.terminology;

/** What kind of statement a label is; the order is that in which a reader should see them. */
public enum LabelGroup {
    /** The heart's rhythm. */
    RHYTHM,
    /** Single beats that are not the basic rhythm. */
    ECTOPY,
    /** Pacing. */
    PACING,
    /** Conduction, blocks, pre-excitation. */
    CONDUCTION,
    /** Infarct, injury, ischaemia. */
    INFARCT_ISCHAEMIA,
    /** Hypertrophy and enlargement. */
    HYPERTROPHY,
    /** Axis and voltage. */
    AXIS_VOLTAGE,
    /** ST segment, T wave, QT interval. */
    REPOLARISATION,
    /** Other findings and patterns. */
    OTHER,
    /** Normal or abnormal as a whole. */
    NORMALITY,
    /** Modifies another statement and cannot stand alone. */
    MODIFIER,
    /** Compares with an earlier recording, which is not at hand: never claimed from one recording. */
    COMPARISON
}
