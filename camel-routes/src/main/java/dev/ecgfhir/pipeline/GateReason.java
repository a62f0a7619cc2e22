package dev.ecgfhir.pipeline;

/**
 * Why a recording that could be read is not interpreted. The names are stable codes: they are counted in metrics, stored in ledgers
 * and never used anew. Where {@code RefusalReason} of the reading side has the same name, it means the same.
 */
public enum GateReason {
    /** No loaded model takes the leads that are there. */
    NO_MODEL,
    /** The model that was asked for by name or hash is not loaded. */
    NO_SUCH_MODEL,
    /** A lead's sampling frequency is outside what the filters take. */
    BAD_SAMPLING_FREQUENCY,
    /** Leads differ in duration. */
    UNEQUAL_LENGTHS,
    /** Shorter than 5 s. */
    TOO_SHORT,
    /** Gaps longer or more than can be filled; in a recording of a minute or more, in more than half of its windows. */
    TOO_MANY_GAPS,
    /** Amplitudes that no electrode delivers: the unit or the factor is wrong. */
    IMPLAUSIBLE_AMPLITUDE,
    /** Too few leads carry a signal. */
    FLAT_LEADS,
    /** The network's answer is not a number. */
    NO_FINITE_SCORE
}
