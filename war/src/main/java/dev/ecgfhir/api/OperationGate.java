package dev.ecgfhir.api;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.NotImplementedOperationException;
import java.util.Set;

/** Refuses operations that are not {@link OfferedOperations offered}. */
@Interceptor
public final class OperationGate {
    private static final Set<RestOperationTypeEnum> EXTENDED = Set.of(
            RestOperationTypeEnum.EXTENDED_OPERATION_INSTANCE,
            RestOperationTypeEnum.EXTENDED_OPERATION_TYPE,
            RestOperationTypeEnum.EXTENDED_OPERATION_SERVER,
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
    }
}
