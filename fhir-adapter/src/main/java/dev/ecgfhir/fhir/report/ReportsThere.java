package dev.ecgfhir.fhir.report;

import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import dev.ecgfhir.fhir.report.Delivery.NotOverwritten;
import dev.ecgfhir.fhir.report.Delivery.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a target already has of ours, and what people have done to it.
 *
 * <p>Safe to share between threads. Every method throws {@link TargetException} if the target cannot be asked.
 */
final class ReportsThere {
    private static final Logger LOG = LoggerFactory.getLogger(ReportsThere.class);

    private final TargetServer server;
    private final Supplier<TargetCapabilities> capabilities;

    ReportsThere(TargetServer server, Supplier<TargetCapabilities> capabilities) {
        this.server = server;
        this.capabilities = capabilities;
    }

    /** Finds what has a resource's deterministic id: as its id where the server takes ours, else as identifier. */
    <T extends Resource> Optional<T> find(Class<T> type, Resource resource) {
        return find(type, OwnResources.resourceId(resource));
    }

    /**
     * As {@link #find(Class, Resource)}, by the id itself.
     *
     * @throws ResourceGoneException if it was deleted
     */
    <T extends Resource> Optional<T> find(Class<T> type, String id) {
        if (capabilities.get().updateCreate()) {
            return server.read(type, id);
        }
        List<T> found = server.withIdentifier(type, ReportIdentity.RESOURCE_SYSTEM, id);
        if (found.size() > 1) {
            LOG.warn(
                    "{}: {} {} have the identifier {}; the oldest is taken",
                    server.base(),
                    found.size(),
                    type.getSimpleName(),
                    id);
        }
        return found.stream().min(Comparator.comparing(OwnResources::lastUpdated));
    }

    /**
     * Finds all reports with a deterministic id; empty if there is none, or it was deleted. Where the server gives the ids, two writers at
     * once can have made two.
     *
     * @param surely true to have a search confirm a 404, which a container says of everything while its server is deployed anew
     */
    List<DiagnosticReport> reportsNow(String id, boolean surely) {
        if (capabilities.get().updateCreate()) {
            try {
                Optional<DiagnosticReport> report = server.read(DiagnosticReport.class, id);
                if (report.isPresent() || !surely) {
                    return report.stream().toList();
                }
            } catch (ResourceGoneException e) {
                return List.of();
            }
        }
        return server.withIdentifier(DiagnosticReport.class, ReportIdentity.RESOURCE_SYSTEM, id);
    }

    /** Looks what a person has done to a report of ours. */
    Touched touched(DiagnosticReport there) {
        String address = "DiagnosticReport/" + there.getIdElement().getIdPart();
        List<Observation> results = results(there);
        boolean ours = Fingerprint.isUntouched(there, there.getIdentifier());
        boolean complete = results.size() == there.getResult().size();
        boolean confirmed =
                complete && Touched.isConfirmed(there) && results.stream().allMatch(Touched::isOursOrConfirmed);
        Optional<NotOverwritten> how = Optional.empty();
        if (!ours && !isUnconfirmed(there)) {
            boolean personsWords = !Touched.isConfirmed(there) && isConfirmation(there);
            how = Optional.of(new NotOverwritten(
                    address,
                    personsWords ? Reason.CONTENT_CHANGED : Reason.STATUS_CHANGED,
                    "its status is " + there.getStatusElement().getValueAsString()
                            + (personsWords ? ", and it is not what this product wrote" : "")));
        } else if (!ours) {
            how = Optional.of(new NotOverwritten(address, Reason.CONTENT_CHANGED, "it is not what this product wrote"));
        }
        return new Touched(results, how.or(() -> changedResult(there, results, address)), confirmed);
    }

    private Optional<NotOverwritten> changedResult(DiagnosticReport there, List<Observation> results, String address) {
        for (Reference link : there.getResult()) {
            String id = link.getReferenceElement().getIdPart();
            Optional<Observation> result = results.stream()
                    .filter(one -> one.getIdElement().getIdPart().equals(id))
                    .findFirst();
            if (result.isEmpty()
                    || !Fingerprint.isUntouched(result.get(), result.get().getIdentifier())) {
                return Optional.of(new NotOverwritten(
                        address,
                        Reason.CONTENT_CHANGED,
                        "its result Observation/" + id
                                + (result.isEmpty() ? " is gone" : " is not what this product wrote")));
            }
        }
        return Optional.empty();
    }

    /** Reads those results of a report that are there. */
    List<Observation> results(DiagnosticReport there) {
        return there.getResult().stream()
                .map(link -> link.getReferenceElement().getIdPart())
                .flatMap(id -> result(id).stream())
                .toList();
    }

    private static boolean isConfirmation(DiagnosticReport report) {
        return switch (report.getStatus() == null ? DiagnosticReport.DiagnosticReportStatus.NULL : report.getStatus()) {
            case FINAL, AMENDED, CORRECTED, APPENDED -> true;
            default -> false;
        };
    }

    private static boolean isUnconfirmed(DiagnosticReport report) {
        return report.getStatus() == DiagnosticReport.DiagnosticReportStatus.PRELIMINARY
                || report.getStatus() == DiagnosticReport.DiagnosticReportStatus.PARTIAL;
    }

    private Optional<Observation> result(String id) {
        try {
            return server.read(Observation.class, id);
        } catch (ResourceGoneException e) {
            return Optional.empty();
        }
    }
}
