package dev.ecgfhir.wiring;

import dev.ecgfhir.api.OwnTerminology;
import dev.ecgfhir.repository.TerminologyLoader;
import dev.ecgfhir.terminology.ConceptScope;
import dev.ecgfhir.terminology.SiteOverlay;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/** Stores the terminology after the context stands and before the server calls itself ready. */
final class TerminologyStart implements ApplicationRunner {
    private final TerminologyLoader loader;
    private final ConceptScope scope;
    private final SiteOverlay overlay;

    TerminologyStart(TerminologyLoader loader, ConceptScope scope, SiteOverlay overlay) {
        this.overlay = overlay;
        this.scope = scope;
        this.loader = loader;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        loader.store(OwnTerminology.resources(scope, overlay));
    }
}
