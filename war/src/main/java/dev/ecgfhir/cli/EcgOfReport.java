package dev.ecgfhir.cli;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import dev.ecgfhir.fhir.file.FileEntry;
import dev.ecgfhir.fhir.file.RecordingFiles;
import dev.ecgfhir.fhir.recording.JoinedLeads;
import dev.ecgfhir.fhir.recording.LeadGroup;
import dev.ecgfhir.fhir.recording.ObservationReader;
import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Observation;

/** Finds the ECG that a report was made from, known by the hash of its samples. */
final class EcgOfReport {
    private static final Pattern ECG =
            Pattern.compile("(https?://.+)/Observation/([A-Za-z0-9.\\-]{1,64})(?:/_history/([A-Za-z0-9.\\-]{1,64}))?");

    private final ReportFacts facts;

    EcgOfReport(ReportFacts facts) {
        this.facts = facts;
    }

    /**
     * Looks for it in a file.
     *
     * @return empty if no ECG in the file has the hash
     * @throws IOException if the file cannot be read
     */
    Optional<Recording> in(Path file) throws IOException {
        try (Stream<FileEntry> entries = new RecordingFiles(ReadOptions.defaults()).open(file)) {
            return entries.map(FileEntry::outcome)
                    .filter(ReadOutcome.Read.class::isInstance)
                    .map(outcome -> ((ReadOutcome.Read) outcome).recording())
                    .filter(this::isInput)
                    .findFirst();
        }
    }

    /**
     * Fetches it, in the version that the report names, from the server that the report names; where its leads are one Observation each, lead by
     * lead.
     *
     * @return empty if it has another hash by now
     * @throws RefusedInput if it is not there any more, or can no longer be read
     * @throws IOException if the server does not answer
     */
    Optional<Recording> from(KnownServers servers) throws RefusedInput, IOException {
        if (facts.recordings().size() < 2) {
            return Optional.of(read(servers, facts.recording().orElse(""))).filter(this::isInput);
        }
        List<Recording> leads = new ArrayList<>();
        for (String address : facts.recordings()) {
            Recording lead = read(servers, address);
            if (!LeadGroup.isPart(lead)) {
                throw new RefusedInput(address + " is not one lead of an ECG");
            }
            leads.add(lead);
        }
        ReadOutcome joined = JoinedLeads.join(leads, ReadOptions.DEFAULT_MAXIMUM_POINTS);
        return joined instanceof ReadOutcome.Read read
                ? Optional.of(read.recording()).filter(this::isInput)
                : Optional.empty();
    }

    private static Recording read(KnownServers servers, String address) throws RefusedInput, IOException {
        Matcher matcher = ECG.matcher(address);
        if (!matcher.matches()) {
            throw new RefusedInput("the report names no ECG on a server; give the ECG by --recording");
        }
        String base = matcher.group(1);
        Observation ecg = servers.asked(
                base,
                address,
                () -> read(servers.client(base), matcher.group(2), Optional.ofNullable(matcher.group(3))));
        ReadOutcome outcome = new ObservationReader(servers.reading(base)).read(ecg, address);
        if (outcome instanceof ReadOutcome.Read read) {
            return read.recording();
        }
        throw new RefusedInput(address + " can no longer be read as an ECG: "
                + (outcome instanceof ReadOutcome.Refused refused
                        ? refused.reason() + ", " + refused.detail()
                        : ((ReadOutcome.Ignored) outcome).detail()));
    }

    private static Observation read(IGenericClient client, String id, Optional<String> version) {
        var read = client.read().resource(Observation.class);
        return (version.isEmpty() ? read.withId(id) : read.withIdAndVersion(id, version.get())).execute();
    }

    private boolean isInput(Recording recording) {
        return facts.inputHash().equals("sha256:" + recording.contentHash());
    }
}
