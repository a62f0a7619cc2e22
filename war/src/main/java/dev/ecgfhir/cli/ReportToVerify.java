package dev.ecgfhir.cli;

import ca.uhn.fhir.rest.api.CacheControlDirective;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import dev.ecgfhir.fhir.recording.ResourceParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Fetches a report with everything that belongs to it, from a FHIR server or from a Bundle in a file. */
final class ReportToVerify {
    private static final Pattern REPORT = Pattern.compile("(https?://.+)/DiagnosticReport/([A-Za-z0-9.\\-]{1,64})");

    private final KnownServers servers;

    ReportToVerify(KnownServers servers) {
        this.servers = servers;
    }

    /** Tells whether a text is the address of a report. */
    static boolean isAddress(String text) {
        return text.startsWith("http://") || text.startsWith("https://");
    }

    /**
     * Fetches a report.
     *
     * @param report address of a DiagnosticReport, or a file with a Bundle
     * @throws RefusedInput if it is neither
     * @throws IOException if the server does not answer, or the file cannot be read
     */
    List<Resource> fetch(String report) throws RefusedInput, IOException {
        return isAddress(report) ? fromServer(report) : fromFile(Path.of(report));
    }

    private List<Resource> fromServer(String address) throws RefusedInput, IOException {
        Matcher matcher = REPORT.matcher(address);
        if (!matcher.matches()) {
            throw new RefusedInput(
                    "'" + address + "' is no address of a report; expected http://HOST/BASE/DiagnosticReport/ID");
        }
        String base = matcher.group(1);
        IGenericClient client = servers.client(base);
        List<Resource> resources = new ArrayList<>();
        DiagnosticReport report = servers.asked(
                base,
                address,
                () -> client.read()
                        .resource(DiagnosticReport.class)
                        .withId(matcher.group(2))
                        .cacheControl(new CacheControlDirective().setNoCache(true))
                        .execute());
        resources.add(report);
        for (Reference link : report.getResult()) {
            String id = link.getReferenceElement().getIdPart();
            Observation result = servers.asked(
                    base,
                    "Observation/" + id,
                    () -> client.read().resource(Observation.class).withId(id).execute());
            resources.add(result);
            String device = result.getDevice().getReferenceElement().getIdPart();
            if (device != null && resources.stream().noneMatch(Device.class::isInstance)) {
                resources.add(servers.asked(
                        base,
                        "Device/" + device,
                        () -> client.read()
                                .resource(Device.class)
                                .withId(device)
                                .execute()));
            }
        }
        Bundle provenances = servers.asked(
                base,
                "the report's Provenance",
                () -> client.search()
                        .forResource(Provenance.class)
                        .whereMap(Map.of("target", List.of("DiagnosticReport/" + matcher.group(2))))
                        .count(200)
                        .cacheControl(new CacheControlDirective().setNoCache(true))
                        .returnBundle(Bundle.class)
                        .execute());
        provenances.getEntry().forEach(entry -> resources.add(entry.getResource()));
        return resources;
    }

    private static List<Resource> fromFile(Path file) throws RefusedInput, IOException {
        ResourceParser.Parsed parsed = new ResourceParser().parse(Files.readString(file));
        if (parsed instanceof ResourceParser.Resource resource && resource.resource() instanceof Bundle bundle) {
            return bundle.getEntry().stream()
                    .map(Bundle.BundleEntryComponent::getResource)
                    .filter(one -> one != null)
                    .toList();
        }
        throw new RefusedInput(
                file + ": expected a FHIR Bundle with a DiagnosticReport, its results, Device and Provenance");
    }
}
