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
    private final KnownServers servers;
    private final ReadingOptions reading;

    /**
     * Looks for the ECG of a report.
     *
     * @param servers has the ECG, and says what the ECGs of a server leave to agreement
     * @param reading comes before what the settings of the ECG's server say
     */
    EcgOfReport(ReportFacts facts, KnownServers servers, ReadingOptions reading) {
        this.facts = facts;
        this.servers = servers;
        this.reading = reading;
    }

    /**
     * Looks for it in a file, which is read like the ECGs of the server that the report names. Where the report names one Observation for
     * each lead, those of them that the file holds are joined.
     *
     * @return empty if no ECG in the file has the hash
     * @throws IOException if the file cannot be read
     */
    Optional<Recording> in(Path file) throws IOException {
        Matcher address = ECG.matcher(facts.recording().orElse(""));
        ReadOptions options = reading(address.matches() ? address.group(1) : "");
        List<Recording> leads = new ArrayList<>();
        try (Stream<FileEntry> entries = new RecordingFiles(options).open(file)) {
            for (FileEntry entry : (Iterable<FileEntry>) entries::iterator) {
                if (entry.outcome() instanceof ReadOutcome.Read read && isInput(read.recording())) {
                    return Optional.of(read.recording());
                }
                if (entry.outcome() instanceof ReadOutcome.Read read && isLead(read.recording())) {
                    leads.add(read.recording());
                }
            }
        }
        if (leads.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(JoinedLeads.join(leads, options.maximumPoints()))
                .filter(ReadOutcome.Read.class::isInstance)
                .map(joined -> ((ReadOutcome.Read) joined).recording())
                .filter(this::isInput);
    }

    /** Returns whether the report names this Observation as one lead of its ECG. */
    private boolean isLead(Recording recording) {
        return facts.recordings().size() > 1
                && LeadGroup.isPart(recording)
                && facts.recordings().stream()
                        .map(ECG::matcher)
                        .anyMatch(address -> address.matches()
                                && recording
                                        .source()
                                        .resource()
                                        .filter(("Observation/" + address.group(2))::equals)
                                        .isPresent());
    }

    /**
     * Fetches it, in the version that the report names, from the server that the report names; where its leads are one Observation each, lead by
     * lead.
     *
     * @return empty if it has another hash by now
     * @throws RefusedInput if it is not there any more, or can no longer be read
     * @throws IOException if the server does not answer
     */
    Optional<Recording> onItsServer() throws RefusedInput, IOException {
        if (facts.recordings().size() < 2) {
            return Optional.of(read(facts.recording().orElse(""))).filter(this::isInput);
        }
        List<Recording> leads = new ArrayList<>();
        for (String address : facts.recordings()) {
            Recording lead = read(address);
            if (!LeadGroup.isPart(lead)) {
                throw new RefusedInput(address + " is not one lead of an ECG");
            }
            leads.add(lead);
        }
        int points = reading(leads.get(0).source().base()).maximumPoints(); // a report is of one source
        return Optional.of(recording(JoinedLeads.join(leads, points), "the ECG of " + leads.size() + " leads"))
                .filter(this::isInput);
    }

    private ReadOptions reading(String base) {
        return reading.over(servers.reading(base));
    }

    private Recording read(String address) throws RefusedInput, IOException {
        Matcher matcher = ECG.matcher(address);
        if (!matcher.matches()) {
            throw new RefusedInput("the report names no ECG on a server; give the ECG by --recording");
        }
        String base = matcher.group(1);
        Observation ecg = servers.asked(
                base,
                address,
                () -> read(servers.client(base), matcher.group(2), Optional.ofNullable(matcher.group(3))));
        return recording(new ObservationReader(reading(base)).read(ecg, base), address);
    }

    private static Recording recording(ReadOutcome outcome, String what) throws RefusedInput {
        if (outcome instanceof ReadOutcome.Read read) {
            return read.recording();
        }
        throw new RefusedInput(what + " can no longer be read as an ECG: "
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
