package dev.ecgfhir.fhir.report;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import ca.uhn.fhir.parser.DataFormatException;
import java.util.Date;
import java.util.Optional;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Type;

/** The recording's time as FHIR has it. */
final class EffectiveTime {
    private EffectiveTime() {}

    /**
     * Reads a time as received.
     *
     * @param received FHIR dateTime, or {@code start/end}, either side possibly empty
     * @return dateTime or Period; empty if nothing in it is a time. A time of day without zone is cut to its date: a zone would be
     *     guessed
     */
    static Optional<Type> of(String received) {
        int slash = received.indexOf('/');
        if (slash < 0) {
            return dateTime(received).map(time -> time);
        }
        Optional<DateTimeType> start = dateTime(received.substring(0, slash));
        Optional<DateTimeType> end = dateTime(received.substring(slash + 1));
        if (start.isEmpty() && end.isEmpty()) {
            return Optional.empty();
        }
        Period period = new Period();
        start.ifPresent(period::setStartElement);
        end.ifPresent(period::setEndElement);
        return Optional.of(period);
    }

    /**
     * Returns a part of a recording's time.
     *
     * @param whole what {@link #of} gave
     * @param fromSeconds start of the part, seconds from that of the recording
     * @param toSeconds its end
     * @return empty if the recording's start is not known to the second
     */
    static Optional<Period> part(Type whole, double fromSeconds, double toSeconds) {
        DateTimeType start = whole instanceof Period period
                ? period.getStartElement()
                : whole instanceof DateTimeType time ? time : new DateTimeType();
        if (start.getValue() == null || start.getPrecision().compareTo(TemporalPrecisionEnum.SECOND) < 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Period().setStartElement(later(start, fromSeconds)).setEndElement(later(start, toSeconds)));
    }

    private static DateTimeType later(DateTimeType start, double seconds) {
        Date time = Date.from(start.getValue().toInstant().plusMillis(Math.round(1000 * seconds)));
        return new DateTimeType(time, start.getPrecision(), start.getTimeZone());
    }

    private static Optional<DateTimeType> dateTime(String text) {
        String time = text.strip();
        if (time.isEmpty()) {
            return Optional.empty();
        }
        int clock = time.indexOf('T');
        boolean zoned = clock < 0 || time.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d)");
        try {
            return Optional.of(new DateTimeType(zoned ? time : time.substring(0, clock)));
        } catch (DataFormatException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
