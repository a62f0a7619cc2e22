package dev.ecgfhir.fhir.file;

import dev.ecgfhir.fhir.recording.Lead;
import dev.ecgfhir.fhir.recording.LeadNames;
import dev.ecgfhir.fhir.recording.ReadOptions;
import dev.ecgfhir.fhir.recording.ReadOutcome;
import dev.ecgfhir.fhir.recording.RecordedLead;
import dev.ecgfhir.fhir.recording.RecordingContext;
import dev.ecgfhir.fhir.recording.Recordings;
import dev.ecgfhir.fhir.recording.RefusalReason;
import dev.ecgfhir.fhir.recording.SamplingFrequency;
import dev.ecgfhir.fhir.recording.SourceReference;
import dev.ecgfhir.fhir.recording.Waveform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads a WFDB record of one segment in one of the formats of {@link WfdbFormat}.
 *
 * <p>Leads are told by the signals' descriptions; other signals are passed over. Data files must lie beside the header. Immutable and safe to
 * share between threads.
 */
final class WfdbReader {
    private static final long LARGEST_HEADER = 1 << 20;

    private final ReadOptions options;

    WfdbReader(ReadOptions options) {
        this.options = options;
    }

    /**
     * Reads a record.
     *
     * @param headerFile the header, an existing file
     */
    ReadOutcome read(Path headerFile) {
        try {
            return read(headerFile, WfdbHeader.parse(text(headerFile)));
        } catch (WfdbRefusal refusal) {
            return refusal.outcome();
        }
    }

    private ReadOutcome read(Path headerFile, WfdbHeader header) throws WfdbRefusal {
        SamplingFrequency frequency = new SamplingFrequency(header.hertz());
        if (!frequency.isAccepted()) {
            throw new WfdbRefusal(
                    RefusalReason.BAD_SAMPLING_FREQUENCY,
                    "header record line",
                    "the sampling frequency is " + frequency + "; expected more than 100 Hz and at most 2000 Hz");
        }
        Map<Lead, WfdbSignal> leads = leads(header);
        Map<String, List<WfdbSignal>> files = header.signals().stream()
                .collect(Collectors.groupingBy(WfdbSignal::file, LinkedHashMap::new, Collectors.toList()));
        List<RecordedLead> recorded = new ArrayList<>();
        List<String> flags = new ArrayList<>();
        boolean verified = true;
        int left = options.maximumPoints();
        for (Map.Entry<String, List<WfdbSignal>> file : files.entrySet()) {
            WfdbData data =
                    WfdbData.read(headerFile.resolveSibling(file.getKey()), file.getValue(), header.samples(), left);
            left -= data.points();
            verified &= data.verifyChecksums();
            for (Map.Entry<Lead, WfdbSignal> lead : leads.entrySet()) {
                if (lead.getValue().file().equals(file.getKey())) {
                    Waveform waveform = Waveform.of(frequency, data.millivolts(lead.getValue()));
                    recorded.add(new RecordedLead(lead.getKey(), waveform, "signal description", false));
                }
            }
        }
        if (header.signals().size() > leads.size()) {
            flags.add("UNRECOGNISED_WAVEFORMS:" + (header.signals().size() - leads.size()));
        }
        if (!verified) {
            flags.add("CHECKSUM_NOT_VERIFIED");
        }
        RecordingContext context =
                new RecordingContext(Optional.empty(), Optional.empty(), List.of(), header.baseDate());
        SourceReference source =
                new SourceReference(headerFile.getFileName().toString(), Optional.empty(), Optional.empty());
        return Recordings.assemble(source, recorded, context, flags, "data file");
    }

    private static Map<Lead, WfdbSignal> leads(WfdbHeader header) throws WfdbRefusal {
        Map<Lead, WfdbSignal> leads = new EnumMap<>(Lead.class);
        for (WfdbSignal signal : header.signals()) {
            Optional<Lead> lead = LeadNames.standardLead(signal.description());
            if (lead.isPresent()) {
                WfdbSignal other = leads.put(lead.get(), signal);
                if (other != null) {
                    throw new WfdbRefusal(
                            RefusalReason.CONFLICTING_LEAD,
                            signal.place(),
                            "lead " + lead.get().display() + " stands here and in " + other.place()
                                    + "; expected each lead once");
                }
            }
        }
        if (leads.isEmpty()) {
            throw new WfdbRefusal(
                    RefusalReason.NO_KNOWN_LEAD,
                    "header",
                    "none of " + header.signals().size()
                            + " signals is described as one of the twelve standard leads; expected descriptions such as I, aVR or V1");
        }
        return leads;
    }

    private static String text(Path header) throws WfdbRefusal {
        try {
            if (Files.size(header) > LARGEST_HEADER) {
                throw new WfdbRefusal(
                        RefusalReason.UNREADABLE,
                        "header",
                        "it has " + Files.size(header) + " bytes; expected at most " + LARGEST_HEADER);
            }
            return new String(
                    Files.readAllBytes(header),
                    StandardCharsets.UTF_8); // what is not UTF-8 becomes a sign that no rule accepts
        } catch (IOException e) {
            throw new WfdbRefusal(RefusalReason.UNREADABLE, "file", Unreadable.why(e));
        }
    }
}
