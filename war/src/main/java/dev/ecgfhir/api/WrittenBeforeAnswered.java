package dev.ecgfhir.api;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;

/** Answers a request that may have stored something only when that outlives the process. Safe to share between threads. */
@Interceptor
public final class WrittenBeforeAnswered {
    private final Durability durability;

    WrittenBeforeAnswered(Durability durability) {
        this.durability = durability;
    }

    /**
     * Waits until it is written. If that fails, the request fails, and its sender repeats it.
     *
     * @param request the one that is about to be answered
     */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void write(RequestDetails request) {
        RequestTypeEnum type = request.getRequestType();
        if (type != RequestTypeEnum.GET && type != RequestTypeEnum.HEAD && type != RequestTypeEnum.OPTIONS) {
            durability.ensure();
        }
    }
}
