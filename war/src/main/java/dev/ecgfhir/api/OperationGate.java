package dev.ecgfhir.api;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.NotImplementedOperationException;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * Refuses operations that are not {@link OfferedOperations offered}, and the interactions delete and patch, alone or in a transaction.
 *
 * <p>Nothing is deleted, for what was reported on must stay to be seen; a mistake is marked {@code entered-in-error} by an update.
 */
@Interceptor
public final class OperationGate {
    private static final Set<RestOperationTypeEnum> EXTENDED = Set.of(
            RestOperationTypeEnum.EXTENDED_OPERATION_INSTANCE,
            RestOperationTypeEnum.EXTENDED_OPERATION_TYPE,
            RestOperationTypeEnum.EXTENDED_OPERATION_SERVER,
            RestOperationTypeEnum.VALIDATE,
            RestOperationTypeEnum.META,
            RestOperationTypeEnum.META_ADD,
            RestOperationTypeEnum.META_DELETE);

    /**
     * Looks at a request before it is handled.
     *
     * @param kind what it asks for
     * @param request the request
     */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    public void check(RestOperationTypeEnum kind, RequestDetails request) {
        String operation = request.getOperation();
        String type = request.getResourceName() == null ? "" : request.getResourceName();
        if (EXTENDED.contains(kind) && operation != null && !OfferedOperations.offered(type, operation)) {
            throw new NotImplementedOperationException(
                    operation + (type.isEmpty() ? "" : " on " + type) + " is not offered by this server");
        }
        if (kind == RestOperationTypeEnum.DELETE) {
            throw notOffered("DELETE");
        }
        if (kind == RestOperationTypeEnum.PATCH) {
            throw notOffered("PATCH");
        }
    }

    /**
     * Looks at a transaction or batch before it is handled.
     *
     * @param bundle the Bundle
     */
    @Hook(Pointcut.STORAGE_TRANSACTION_PROCESSING)
    public void check(IBaseBundle bundle) {
        ((Bundle) bundle).getEntry().forEach(entry -> {
            HTTPVerb verb = entry.getRequest().getMethod();
            if (verb == HTTPVerb.DELETE || verb == HTTPVerb.PATCH) {
                throw notOffered(verb.toCode());
            }
        });
    }

    private static BaseServerResponseException notOffered(String method) {
        return Outcomes.failure(
                405,
                IssueType.NOTSUPPORTED,
                "NOT_OFFERED",
                Optional.empty(),
                method + " is not offered by this server: nothing is deleted, and changes are whole updates (PUT)");
    }
}
