package dev.ecgfhir.api;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives a search by {@code ge} or {@code le} and a year or a month its first or last day: {@code ge2025} becomes {@code ge2025-01-01}.
 *
 * <p>A period so named begins with its first moment and ends with its last
 * (<a href="https://hl7.org/fhir/R4/search.html#date">FHIR R4, search, date</a>). HAPI FHIR 8.8.0 takes the other end, so that {@code ge2025}
 * leaves out all of 2025 without a word. Safe to share between threads.
 */
@Interceptor
public final class WholePeriods {
    private static final Pattern PERIOD = Pattern.compile("(ge|le)(\\d{4})(?:-(0[1-9]|1[0-2]))?");

    /**
     * Rewrites the parameters of a request.
     *
     * @param request before its handler is chosen
     */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    public void rewrite(RequestDetails request) {
        String type = request.getResourceName();
        Map<String, String[]> given = request.getParameters();
        if (type == null || given == null || given.isEmpty()) {
            return;
        }
        Map<String, String[]> rewritten = new LinkedHashMap<>(given);
        rewritten.replaceAll((name, values) -> isDate(request.getFhirContext(), type, name)
                ? Arrays.stream(values).map(WholePeriods::days).toArray(String[]::new)
                : values);
        request.setParameters(rewritten);
    }

    private static boolean isDate(FhirContext context, String type, String name) {
        if (name.equals(Constants.PARAM_LASTUPDATED)) {
            return true;
        }
        @Nullable
        RuntimeSearchParam parameter = context.getResourceDefinition(type).getSearchParam(name);
        return parameter != null && parameter.getParamType() == RestSearchParameterTypeEnum.DATE;
    }

    /** Rewrites one value; several alternatives in one value, separated by commas, each. */
    private static String days(String value) {
        return Arrays.stream(value.split(",", -1)).map(WholePeriods::day).collect(Collectors.joining(","));
    }

    private static String day(String value) {
        Matcher period = PERIOD.matcher(value);
        if (!period.matches()) {
            return value;
        }
        boolean begins = period.group(1).equals("ge");
        int year = Integer.parseInt(period.group(2));
        YearMonth month = period.group(3) != null
                ? YearMonth.of(year, Integer.parseInt(period.group(3)))
                : YearMonth.of(year, begins ? 1 : 12);
        return period.group(1) + (begins ? month.atDay(1) : month.atEndOfMonth());
    }
}
