package dev.ecgfhir.fhir.server;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Transactions: all entries or none. */
public final class TransactionProvider {
    private final FhirContext context;
    private final MemoryStore store;
    private final StoreProvider writer;
    private final Behaviour behaviour;

    TransactionProvider(FhirContext context, MemoryStore store, StoreProvider writer, Behaviour behaviour) {
        this.context = context;
        this.store = store;
        this.writer = writer;
        this.behaviour = behaviour;
    }

    /** Runs a transaction. */
    @Transaction
    public Bundle transaction(@TransactionParam Bundle bundle) {
        synchronized (store) {
            if (!behaviour.transactions) {
                throw new MethodNotAllowedException("no transactions here");
            }
            checkVersions(bundle);
            Map<String, String> places = new HashMap<>();
            Bundle answer = new Bundle().setType(Bundle.BundleType.TRANSACTIONRESPONSE);
            // ids first, so that references forward in the Bundle can be resolved: order of entries must not matter
            Map<BundleEntryComponent, IdType> ids = new HashMap<>();
            for (BundleEntryComponent entry : bundle.getEntry()) {
                ids.put(entry, write(entry));
                places.put(
                        entry.getFullUrl(),
                        ids.get(entry).toUnqualifiedVersionless().getValue());
            }
            for (BundleEntryComponent entry : bundle.getEntry()) {
                Resource stored =
                        store.current(ids.get(entry).toUnqualifiedVersionless().getValue());
                context.newTerser()
                        .getAllPopulatedChildElementsOfType(stored, Reference.class)
                        .forEach(link -> point(link, places));
                store.replaceCurrent(stored);
                answer.addEntry()
                        .getResponse()
                        .setStatus("200 OK")
                        .setLocation(ids.get(entry).getValue());
            }
            return answer;
        }
    }

    private void point(Reference link, Map<String, String> places) {
        if (!link.hasReference()) {
            return;
        }
        String place = places.get(link.getReference());
        if (place != null) {
            link.setReference(place);
        } else if (link.getReference().startsWith("urn:")) {
            throw new IllegalArgumentException("a reference leads out of the transaction: " + link.getReference());
        }
        if (behaviour.stripVersions) {
            link.setReference(link.getReferenceElement().toVersionless().getValue());
        }
    }

    private void checkVersions(Bundle bundle) {
        for (BundleEntryComponent entry : bundle.getEntry()) {
            writer.checkCreateOnly(
                    entry.getRequest().getUrl(), entry.getRequest().getIfNoneMatch());
            String wanted = entry.getRequest().getIfMatch();
            if (wanted != null
                    && !wanted.equals(
                            "W/\"" + store.versionsOf(entry.getRequest().getUrl()) + "\"")) {
                throw new ResourceVersionConflictException(entry.getRequest().getUrl() + " has changed");
            }
        }
    }

    private IdType write(BundleEntryComponent entry) {
        Resource resource = entry.getResource().copy();
        if (entry.getRequest().getMethod() == Bundle.HTTPVerb.PUT) {
            List<String> url = List.of(entry.getRequest().getUrl().split("/", -1));
            resource.setId(url.get(1));
            return writer.update(resource, Optional.empty());
        }
        resource.setIdElement(null);
        return writer.create(resource, Optional.ofNullable(entry.getRequest().getIfNoneExist()));
    }
}
