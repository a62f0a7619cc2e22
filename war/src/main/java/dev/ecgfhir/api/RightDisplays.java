package dev.ecgfhir.api;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;

/**
 * Has {@code CodeSystem/$validate-code} answer false for a code under the display of another concept.
 *
 * <p>The operation is to validate a display that it is given
 * (<a href="https://hl7.org/fhir/R4/codesystem-operation-validate-code.html">FHIR R4</a>). HAPI FHIR 8.8.0 does not look at it where the code system
 * is stored. Safe to share between threads.
 */
@Interceptor
public final class RightDisplays {
    /** What an answer says of a code under another concept's display, with the repository and without. */
    static final String ANOTHER_DISPLAY = "The code has another display";

    /**
     * Corrects an answer.
     *
     * @param request what was asked
     * @param answer changed if it is one of this operation and true of the code alone
     */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void correct(RequestDetails request, IBaseResource answer) {
        if ("$validate-code".equals(request.getOperation())
                && "CodeSystem".equals(request.getResourceName())
                && answer instanceof Parameters validity
                && validity.getParameter("display") != null
                && validity.getParameterBool("result")) {
            String right = validity.getParameter("display").getValue().primitiveValue();
            List<String> said = said(request);
            if (!said.isEmpty() && !said.contains(right)) {
                validity.setParameter("result", new BooleanType(false));
                validity.setParameter("message", new StringType(ANOTHER_DISPLAY));
            }
        }
    }

    /** Returns the displays of a request; none if it gives a code without one, which may be the one that is right. */
    private static List<String> said(RequestDetails request) {
        Map<String, String[]> given = request.getParameters();
        List<String> said =
                new ArrayList<>(given == null ? List.of() : List.of(given.getOrDefault("display", new String[0])));
        List<Coding> codings = new ArrayList<>();
        if (request.getResource() instanceof Parameters body) {
            body.getParameter().forEach(parameter -> {
                if (parameter.getName().equals("display")) {
                    said.add(parameter.getValue().primitiveValue());
                } else if (parameter.getValue() instanceof Coding coding) {
                    codings.add(coding);
                } else if (parameter.getValue() instanceof CodeableConcept concept) {
                    codings.addAll(concept.getCoding());
                }
            });
        }
        if (!codings.stream().allMatch(Coding::hasDisplay)) {
            return List.of();
        }
        codings.forEach(coding -> said.add(coding.getDisplay()));
        return said;
    }
}
