package dev.ecgfhir.repository;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.storage.interceptor.AutoCreatePlaceholderReferenceTargetRequest;
import ca.uhn.fhir.storage.interceptor.AutoCreatePlaceholderReferenceTargetResponse;

/**
 * What happens to an ECG whose patient the repository does not know.
 *
 * <p>A reference by id ({@code Patient/7}) makes an empty placeholder, so that the ECG is not lost and can be found by its patient; who
 * the patient is can be put there later. A conditional reference ({@code Patient?identifier=...}) that finds nobody is refused: a
 * mistyped number must not become a new patient.
 */
@Interceptor
final class PlaceholderPolicy {
    /**
     * Decides on one placeholder.
     *
     * @param request what HAPI would create
     * @return whether it may
     */
    @Hook(Pointcut.STORAGE_PRE_AUTO_CREATE_PLACEHOLDER_REFERENCE)
    public AutoCreatePlaceholderReferenceTargetResponse decide(AutoCreatePlaceholderReferenceTargetRequest request) {
        return request.getTargetResourceToCreate().getIdElement().hasIdPart()
                ? AutoCreatePlaceholderReferenceTargetResponse.proceed()
                : AutoCreatePlaceholderReferenceTargetResponse.doNotCreateTarget();
    }
}
