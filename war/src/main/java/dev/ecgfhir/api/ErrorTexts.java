package dev.ecgfhir.api;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the words of unexpected exceptions in the log; the caller gets the request's id to find them by. */
@Interceptor(order = -1)
public final class ErrorTexts {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorTexts.class);

    /**
     * Replaces what was not meant for a caller.
     *
     * @param request the request
     * @param thrown what was thrown
     * @return what the caller gets
     */
    @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
    public @Nullable BaseServerResponseException replace(RequestDetails request, Throwable thrown) {
        if (thrown instanceof BaseServerResponseException meant
                && (meant.getStatusCode() < 500
                        || meant.getOperationOutcome() != null
                        || meant.getStatusCode() == 501)) {
            return null;
        }
        if (thrown instanceof DataFormatException) {
            // HAPI throws it for composite search parameters, and without a status; its text repeats the value.
            return Outcomes.badRequest(
                    "UNREADABLE_PARAMETER",
                    "the value of a search parameter is not of the form that its type has in FHIR, for example code$quantity");
        }
        LOG.error("request {} failed", request.getRequestId(), thrown);
        return new InternalErrorException(
                "The server failed at this request, which changed nothing. Its log has the reason under"
                        + " request id " + request.getRequestId() + ".");
    }
}
