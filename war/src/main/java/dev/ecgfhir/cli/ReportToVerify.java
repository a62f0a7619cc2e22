package dev.ecgfhir.cli;

import ca.uhn.fhir.rest.api.CacheControlDirective;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import dev.ecgfhir.fhir.recording.ResourceParser;
import dev.ecgfhir.fhir.source.FhirClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Fetches a report with everything that belongs to it, from a FHIR server or from a Bundle in a file; and the ECG that it is of. */
final class ReportToVerify {
    private static final Pattern REPORT = Pattern.compile("(https?://.+)/DiagnosticReport/([A-Za-z0-9.\\-]{1,64})");
    private static final Pattern ECG =
            Pattern.compile("(https?://.+)/Observation/([A-Za-z0-9.\\-]{1,64})(?:/_history/([A-Za-z0-9.\\-]{1,64}))?");

    private ReportToVerify() {}

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
    static List<Resource> fetch(String report) throws RefusedInput, IOException {
        return isAddress(report) ? fromServer(report) : fromFile(Path.of(report));
    }

    private static List<Resource> fromServer(String address) throws RefusedInput, IOException {
        Matcher matcher = REPORT.matcher(address);
        if (!matcher.matches()) {
            throw new RefusedInput(
                    "'" + address + "' is no address of a report; expected http://HOST/BASE/DiagnosticReport/ID");
        }
        IGenericClient client = client(matcher.group(1));
        List<Resource> resources = new ArrayList<>();
        DiagnosticReport report = asked(
                address,
                () -> client.read()
                        .resource(DiagnosticReport.class)
                        .withId(matcher.group(2))
                        .cacheControl(new CacheControlDirective().setNoCache(true))
                        .execute());
        resources.add(report);
        for (Reference link : report.getResult()) {
            String id = link.getReferenceElement().getIdPart();
            Observation result = asked(
                    "Observation/" + id,
                    () -> client.read().resource(Observation.class).withId(id).execute());
            resources.add(result);
            String device = result.getDevice().getReferenceElement().getIdPart();
            if (device != null && resources.stream().noneMatch(Device.class::isInstance)) {
                resources.add(asked(
                        "Device/" + device,
                        () -> client.read()
                                .resource(Device.class)
                                .withId(device)
                                .execute()));
            }
        }
        Bundle provenances = asked(
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

    /**
     * Fetches the ECG that a report is of, in the version that it was made from.
     *
     * @param address as the report has it
     * @throws RefusedInput if that version is not there any more
     * @throws IOException if the server does not answer
     */
    static Observation ecg(String address) throws RefusedInput, IOException {
        Matcher matcher = ECG.matcher(address);
        if (!matcher.matches()) {
            throw new RefusedInput("the report names no ECG on a server; give the ECG by --recording");
        }
        IGenericClient client = client(matcher.group(1));
        String version = matcher.group(3);
        return asked(address, () -> {
            var read = client.read().resource(Observation.class);
            return (version == null ? read.withId(matcher.group(2)) : read.withIdAndVersion(matcher.group(2), version))
                    .execute();
        });
    }

    private static IGenericClient client(String base) {
        return FhirClients.client(base, FhirClients.Limits.defaults());
    }

    private static <T> T asked(String what, Supplier<T> exchange) throws RefusedInput, IOException {
        try {
            return exchange.get();
        } catch (BaseServerResponseException e) {
            int status = e.getStatusCode();
            if (status >= 400 && status < 500) {
                throw new RefusedInput(what + " cannot be read: HTTP status " + status, e);
            }
            throw new IOException(
                    what + " cannot be read: " + (status == 0 ? "no answer" : "HTTP status " + status), e);
        }
    }
}
