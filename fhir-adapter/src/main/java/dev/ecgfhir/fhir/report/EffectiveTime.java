package dev.ecgfhir.fhir.report;

import ca.uhn.fhir.parser.DataFormatException;
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
