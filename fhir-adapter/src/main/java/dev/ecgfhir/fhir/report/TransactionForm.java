package dev.ecgfhir.fhir.report;

import ca.uhn.fhir.context.FhirContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** A report's transaction on its way into the form that one target takes. Not safe to share between threads. */
final class TransactionForm {
    private final FhirContext context;
    private final TargetCapabilities capabilities;
    private final Bundle bundle;
    private final Map<String, String> places = new HashMap<>();
    private final Map<String, String> versions = new HashMap<>();
    private boolean reportIsNew;

    TransactionForm(FhirContext context, TargetCapabilities capabilities, Bundle bundle) {
        this.context = context;
        this.capabilities = capabilities;
        this.bundle = bundle;
    }

    /** Returns the Devices that the report brings, by their addresses in the Bundle. */
    Map<String, Device> devices() {
        Map<String, Device> devices = new LinkedHashMap<>();
        bundle.getEntry().forEach(entry -> {
            if (entry.getResource() instanceof Device device) {
                devices.put(entry.getFullUrl(), device);
            }
        });
        return devices;
    }

    /** Says where something of the Bundle lies on the target already; it is not sent. */
    void place(String url, String address) {
        places.put(url, address);
        bundle.getEntry().removeIf(entry -> entry.getFullUrl().equals(url));
    }

    /** Says that the target does not have the report yet: should another writer make it meanwhile, the Bundle must not replace it. */
    void reportIsNew() {
        reportIsNew = true;
    }

    /** Says what is to be replaced; a result that the report no longer has is withdrawn. */
    void replace(Resource there) {
        String address = there.fhirType() + "/" + there.getIdElement().getIdPart();
        Optional<BundleEntryComponent> entry = entryFor(there);
        if (entry.isPresent()) {
            places.put(
                    there.fhirType() + "/"
                            + entry.get().getResource().getIdElement().getIdPart(),
                    address);
            places.put(entry.get().getFullUrl(), address);
        } else if (there instanceof Observation stale) {
            withdraw(stale, address);
        }
        if (there.getMeta().hasVersionId()) {
            versions.put(address, "W/\"" + there.getMeta().getVersionId() + "\"");
        }
    }

    /** Returns the report's Observations of which it is not known yet whether the target has them. */
    List<Observation> observationsWithoutPlace() {
        return bundle.getEntry().stream()
                .map(BundleEntryComponent::getResource)
                .filter(Observation.class::isInstance)
                .map(Observation.class::cast)
                .filter(one -> one.getStatus() != Observation.ObservationStatus.ENTEREDINERROR)
                .filter(one ->
                        !places.containsKey("Observation/" + one.getIdElement().getIdPart()))
                .toList();
    }

    /** Returns the Bundle in the target's form. */
    Bundle bundle() {
        for (BundleEntryComponent entry : bundle.getEntry()) {
            String local = local(entry);
            String url = entry.getFullUrl();
            if (places.containsKey(local)) {
                put(entry, places.get(local));
            } else if (capabilities.updateCreate()) {
                put(entry, local);
                places.put(url, local);
                if (reportIsNew && entry.getResource() instanceof DiagnosticReport) {
                    capabilities.createOnly().apply(entry.getRequest());
                }
            } else {
                places.put(local, post(entry));
                places.put(url, entry.getFullUrl());
            }
        }
        for (BundleEntryComponent entry : bundle.getEntry()) {
            context.newTerser()
                    .getAllPopulatedChildElementsOfType(entry.getResource(), Reference.class)
                    .forEach(this::point);
        }
        return bundle;
    }

    private void point(Reference link) {
        if (link.hasReference() && places.containsKey(link.getReference())) {
            link.setReference(places.get(link.getReference()));
        }
    }

    private void put(BundleEntryComponent entry, String address) {
        entry.getResource().setId(address.substring(address.indexOf('/') + 1));
        entry.getRequest().setMethod(Bundle.HTTPVerb.PUT).setUrl(address).setIfNoneExist(null);
        if (versions.containsKey(address)) {
            entry.getRequest().setIfMatch(versions.get(address));
        }
    }

    private String post(BundleEntryComponent entry) {
        Resource resource = entry.getResource();
        if (!entry.getFullUrl().startsWith("urn:uuid:")) {
            entry.setFullUrl(ReportWriter.urn(entry.getRequest().getUrl()));
        }
        if (resource instanceof Provenance) {
            ProvenanceEntry.address(entry, resource.getIdElement().getIdPart(), capabilities);
            return entry.getFullUrl();
        }
        entry.getRequest().setMethod(Bundle.HTTPVerb.POST).setUrl(resource.fhirType());
        if (capabilities.conditionalCreate()) {
            resourceIdentifier(resource)
                    .ifPresent(identifier -> entry.getRequest()
                            .setIfNoneExist("identifier=" + identifier.getSystem() + "|" + identifier.getValue()));
        }
        resource.setIdElement(null);
        return entry.getFullUrl();
    }

    private void withdraw(Observation stale, String address) {
        Observation withdrawn = stale.copy();
        withdrawn.setStatus(Observation.ObservationStatus.ENTEREDINERROR);
        withdrawn.getIdentifier().removeIf(identifier -> Fingerprint.SYSTEM.equals(identifier.getSystem()));
        withdrawn.addNote().setText(ReportTexts.of(withdrawn.getLanguage()).text("withdrawn.finding"));
        withdrawn.setText(null);
        places.put(address, address);
        BundleEntryComponent entry =
                bundle.addEntry().setFullUrl(ReportWriter.urn(address)).setResource(withdrawn);
        entry.getRequest().setMethod(Bundle.HTTPVerb.PUT).setUrl(address);
    }

    private Optional<BundleEntryComponent> entryFor(Resource there) {
        Optional<String> id = resourceIdentifier(there).map(Identifier::getValue);
        return bundle.getEntry().stream()
                .filter(entry -> entry.getResource().fhirType().equals(there.fhirType()))
                .filter(entry ->
                        id.equals(resourceIdentifier(entry.getResource()).map(Identifier::getValue)))
                .findFirst();
    }

    private static Optional<Identifier> resourceIdentifier(Resource resource) {
        List<Identifier> identifiers = List.of();
        if (resource instanceof DiagnosticReport report) {
            identifiers = report.getIdentifier();
        } else if (resource instanceof Observation observation) {
            identifiers = observation.getIdentifier();
        }
        return OwnResources.identifier(identifiers, ReportIdentity.RESOURCE_SYSTEM);
    }

    /** The address under which the writer put it; a parser may have replaced the resource's own id by the entry's fullUrl. */
    private static String local(BundleEntryComponent entry) {
        return entry.getRequest().getUrl();
    }
}
