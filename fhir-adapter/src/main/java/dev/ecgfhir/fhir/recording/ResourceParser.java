package dev.ecgfhir.fhir.recording;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.ErrorHandlerAdapter;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.IParserErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Parses one FHIR R4 resource, JSON or XML, without ever repeating its content in a message.
 *
 * <p>Elements that R4 does not have are passed over, as a later version of FHIR may have them. A value that is none of its type (a word
 * where a number belongs, a repetition where there can be one) makes the resource unreadable: HAPI would leave it out, and what is left
 * could mean something else.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class ResourceParser {
    /** HAPI keeps of the XML parser's exception its text alone. */
    private static final Pattern XML_PLACE = Pattern.compile("\\[row,col \\{[^}]{0,200}}]: \\[(\\d{1,9}),(\\d{1,9})]");

    private final FhirContext context = FhirContext.forR4Cached();

    /** Creates a parser; the first one in a JVM takes some 100 ms, for HAPI's model of R4. */
    public ResourceParser() {}

    /** What a text turned out to be. */
    public sealed interface Parsed {}

    /**
     * A resource.
     *
     * @param resource the R4 resource
     */
    public record Resource(IBaseResource resource) implements Parsed {}

    /**
     * None.
     *
     * @param outcome the refusal, {@link RefusalReason#UNREADABLE}
     */
    public record Unreadable(ReadOutcome.Refused outcome) implements Parsed {}

    /**
     * Parses.
     *
     * @param text one resource; a byte order mark and white space around it are passed over
     * @return the resource, or why there is none
     */
    public Parsed parse(String text) {
        String resource = withoutByteOrderMark(text);
        int start = firstVisible(resource);
        if (start == resource.length()) {
            return unreadable("document", "it is empty; expected a FHIR resource as JSON or XML");
        }
        boolean json = resource.charAt(start) == '{';
        if (!json && resource.charAt(start) != '<') {
            return unreadable("document", "it starts with neither { nor <; expected a FHIR resource as JSON or XML");
        }
        Problems problems = new Problems();
        IParser parser = json ? context.newJsonParser() : context.newXmlParser();
        parser.setParserErrorHandler(problems);
        try {
            IBaseResource parsed = parser.parseResource(resource);
            return problems.first
                    .<Parsed>map(problem -> unreadable(problem.element, problem.detail))
                    .orElseGet(() -> new Resource(parsed));
        } catch (RuntimeException | StackOverflowError e) { // HAPI throws many kinds for content that is not FHIR
            return unreadable(
                    "document", "not a FHIR R4 resource" + where(e, json) + "; expected an Observation or a Bundle");
        }
    }

    private static Unreadable unreadable(String element, String detail) {
        return new Unreadable(new ReadOutcome.Refused(RefusalReason.UNREADABLE, element, detail));
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static int firstVisible(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }

    /** Line and column of the damage, if the parser told; never its message, which quotes the content. */
    private static String where(Throwable thrown, boolean json) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonProcessingException damage && damage.getLocation() != null) {
                return position(
                        "JSON",
                        damage.getLocation().getLineNr(),
                        damage.getLocation().getColumnNr());
            }
            Matcher place = XML_PLACE.matcher(String.valueOf(cause.getMessage()));
            if (!json && place.find()) {
                return position("XML", Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)));
            }
        }
        return "";
    }

    private static String position(String format, int line, int column) {
        return ": the " + format + " is damaged at line " + line + ", column " + column;
    }

    /** Remembers the first problem that leaves something out of the parsed resource. */
    private static final class Problems extends ErrorHandlerAdapter {
        private Optional<Problem> first = Optional.empty();

        private record Problem(String element, String detail) {}

        @Override
        public void invalidValue(IParserErrorHandler.IParseLocation location, String value, String error) {
            note(location, "", "has a value that its type does not allow; expected FHIR R4");
        }

        /** A word where a structure belongs is dropped by HAPI; a number written as a word is understood. */
        @Override
        public void incorrectJsonType(
                IParserErrorHandler.IParseLocation location,
                String element,
                ValueType expected,
                ScalarType expectedScalar,
                ValueType found,
                ScalarType foundScalar) {
            if (expected != found) {
                note(location, element, "is a JSON " + found.name().toLowerCase(Locale.ROOT) + "; expected FHIR R4");
            }
        }

        @Override
        public void unexpectedRepeatingElement(IParserErrorHandler.IParseLocation location, String element) {
            note(location, element, "is repeated and can be there once; expected FHIR R4");
        }

        private void note(IParserErrorHandler.IParseLocation location, String element, String detail) {
            if (first.isEmpty()) {
                String parent = location == null || location.getParentElementName() == null
                        ? ""
                        : location.getParentElementName();
                String name = parent.isEmpty() || element.isEmpty() ? parent + element : parent + "." + element;
                first = Optional.of(new Problem(name.isEmpty() ? "document" : name, "the element " + detail));
            }
        }
    }
}
