package dev.ecgfhir.api;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Answers {@code component-code-value-quantity} of Observations by the code and the number of one and the same component.
 *
 * <p>The repository keeps each component's number under the component's code, as a quantity whose system and unit are those of the code.
 * {@code SYSTEM|CODE$ge0.9} is therefore asked as {@code ge0.9|SYSTEM|CODE}, of a parameter of its own. Safe to share between threads.
 */
@Interceptor
public final class ComponentPairs {
    /** The parameter under which the repository keeps the numbers. */
    public static final String KEPT_AS = "component-number";

    /** Its canonical address. */
    public static final String URL = "https://ecgfhir.dev/SearchParameter/component-number";

    /** The parameter of FHIR R4 that is answered from it. */
    static final String ASKED_AS = "component-code-value-quantity";

    /** {@code [system|]code$[prefix]number}; a dollar sign or bar that belongs to a code is escaped by a backslash. */
    private static final Pattern PAIR = Pattern.compile(
            "(?:((?:\\\\.|[^|$\\\\])+)\\|)?((?:\\\\.|[^|$\\\\])+)\\$([a-z]{2})?([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)");

    private static final Pattern COMMA = Pattern.compile("(?<!\\\\),");

    /**
     * Rewrites the parameters of a request.
     *
     * @param request before its handler is chosen
     */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    public void rewrite(RequestDetails request) {
        Map<String, String[]> given = request.getParameters();
        if (!"Observation".equals(request.getResourceName()) || given == null || !given.containsKey(ASKED_AS)) {
            return;
        }
        Map<String, String[]> rewritten = new LinkedHashMap<>(given);
        String[] values = rewritten.remove(ASKED_AS);
        rewritten.put(
                KEPT_AS,
                Arrays.stream(values)
                        .map(value -> COMMA.splitAsStream(value)
                                .map(ComponentPairs::number)
                                .collect(Collectors.joining(",")))
                        .toArray(String[]::new));
        request.setParameters(rewritten);
    }

    private static String number(String pair) {
        Matcher matcher = PAIR.matcher(pair);
        if (!matcher.matches()) {
            throw Outcomes.badRequest(
                    "UNREADABLE_PARAMETER",
                    ASKED_AS
                            + " must be SYSTEM|CODE$NUMBER or CODE$NUMBER, the number with a prefix such as ge where wanted;"
                            + " it is answered without a unit");
        }
        String prefix = matcher.group(3) == null ? "" : matcher.group(3);
        String system = matcher.group(1) == null ? "" : matcher.group(1);
        return prefix + matcher.group(4) + "|" + system + "|" + matcher.group(2);
    }
}
