package dev.ecgfhir.fhir.recording;

/**
 * Why an ECG cannot be read. The names are stable codes: they are counted in metrics, stored in ledgers and never used anew.
 */
public enum RefusalReason {
    /** The file or resource is not FHIR or WFDB that can be parsed. */
    UNREADABLE,
    /** The source told only a part of the resource (tag SUBSETTED). */
    SUBSETTED,
    /** SampledData without {@code period}; an R5 body sent to R4 looks so. */
    NO_PERIOD,
    /** {@code period} is zero, negative or not a number. */
    BAD_PERIOD,
    /** The sampling frequency is outside 100 &lt; fs &lt;= 2000 Hz. */
    BAD_SAMPLING_FREQUENCY,
    /** No unit, and the source has no default one. */
    NO_UNIT,
    /** A unit that is not a UCUM volt unit. */
    BAD_UNIT,
    /** {@code data} is missing or empty. */
    NO_DATA,
    /** A token of {@code data} is neither a decimal nor E, U or L. */
    BAD_DATA,
    /** {@code factor}, {@code origin} or {@code dimensions} make no sense, or the number of points does not divide by {@code dimensions}. */
    BAD_SAMPLED_DATA,
    /** A lead's code and its display, or two of its codes, name different leads. */
    CONFLICTING_LEAD,
    /** No component can be told to be a lead. */
    NO_KNOWN_LEAD,
    /** Leads of one recording differ in duration or do not start together. */
    UNEQUAL_LENGTHS,
    /** Shorter than 5 s. */
    TOO_SHORT,
    /** More points than are accepted. */
    TOO_LONG,
    /** Gaps longer or more than can be filled. */
    TOO_MANY_GAPS,
    /** A form of ECG that this version does not read. */
    UNSUPPORTED_FORM,
    /** One lead of an ECG that is stored as one Observation for each lead, and nothing tells of which ECG. */
    UNGROUPED_LEAD,
    /** Of an ECG that is stored as one Observation for each lead, leads are missing. */
    INCOMPLETE_GROUP,
    /** Observations of one lead each that may be of one ECG and contradict each other. */
    AMBIGUOUS_GROUP
}
