package dev.ecgfhir.fhir.report;

import dev.ecgfhir.fhir.recording.Lead;
import dev.ecgfhir.fhir.recording.RecordedLead;
import dev.ecgfhir.fhir.recording.Recording;
import dev.ecgfhir.fhir.recording.ResourceLink;
import dev.ecgfhir.fhir.recording.SamplingFrequency;
import dev.ecgfhir.fhir.recording.Sha256;
import dev.ecgfhir.fhir.recording.SourcePart;
import dev.ecgfhir.fhir.recording.SourceReference;
import dev.ecgfhir.fhir.recording.Waveform;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Builds report contents for tests: a 12-lead ECG of 10 s with atrial fibrillation, unless told otherwise. */
final class Contents {
    static final String BASE = "http://ecg.example.org/fhir";
    static final List<String> LABELS = labels();

    private SourceReference source = new SourceReference(BASE, Optional.of("Observation/7"), Optional.of("2"));
    private Optional<ResourceLink> subject = Optional.of(link("Patient/7"));
    private Optional<ResourceLink> encounter = Optional.of(link("Encounter/8"));
    private List<ResourceLink> basedOn = List.of(link("ServiceRequest/9"));
    private Optional<String> effective = Optional.of("2026-11-23T14:05:06.789+01:00");
    private String precision = "float32";
    private boolean demonstration;
    private int leads = 12;
    private double seconds = 10;
    private String settings = "settings-1";
    private Instant issued = Instant.parse("2026-11-24T03:03:00Z");
    private final List<ReportFinding> findings = new ArrayList<>();
    private final List<Integer> notAssessed = new ArrayList<>();
    private final List<Integer> scoredOnly = new ArrayList<>();
    private final Map<Integer, Double> scores = new TreeMap<>();
    private final Map<Integer, Double> greyZones = new TreeMap<>();
    private List<String> flags = List.of();

    static Contents content() {
        return new Contents();
    }

    static Contents atrialFibrillation() {
        return content()
                .finding(
                        "ATRIAL FIBRILLATION",
                        "Atrial fibrillation",
                        0.97214,
                        "equivalent",
                        "49436004",
                        "Atrial fibrillation")
                .finding(
                        "PREMATURE VENTRICULAR COMPLEXES",
                        "Premature ventricular complexes",
                        0.8125,
                        "equivalent",
                        "17338001",
                        "Ventricular premature beats")
                .textFinding("PULMONARY DISEASE PATTERN", "Pulmonary disease pattern", 0.51);
    }

    static ResourceLink link(String reference) {
        return new ResourceLink(Optional.of(reference), Optional.empty(), Optional.empty());
    }

    static ResourceLink logical(String system, String value) {
        return new ResourceLink(Optional.empty(), Optional.of(system), Optional.of(value));
    }

    static int index(String label) {
        int index = LABELS.indexOf(label);
        if (index < 0) {
            throw new IllegalArgumentException("no label '" + label + "'");
        }
        return index;
    }

    Contents from(String base, String resource, String version) {
        source = new SourceReference(base, Optional.of(resource), Optional.of(version));
        return this;
    }

    /** Of one Observation for each lead; the first is that of lead I. Each is told as {@code id/version}. */
    Contents fromParts(String base, List<String> observations) {
        List<SourcePart> parts = observations.stream()
                .map(one -> one.split("/", 2))
                .map(one -> new SourcePart("Observation/" + one[0], Optional.of(one[1])))
                .toList();
        source = new SourceReference(
                base, Optional.of(parts.get(0).resource()), parts.get(0).version(), parts);
        return this;
    }

    Contents fromFile(String name) {
        source = new SourceReference(name, Optional.empty(), Optional.empty());
        return this;
    }

    Contents subject(ResourceLink link) {
        subject = Optional.of(link);
        return this;
    }

    Contents withoutLinks() {
        subject = Optional.empty();
        encounter = Optional.empty();
        basedOn = List.of();
        return this;
    }

    Contents effective(String time) {
        effective = Optional.of(time);
        return this;
    }

    Contents withoutTime() {
        effective = Optional.empty();
        return this;
    }

    Contents demonstration() {
        demonstration = true;
        return this;
    }

    Contents oneLead() {
        leads = 1;
        return this;
    }

    Contents seconds(double duration) {
        seconds = duration;
        return this;
    }

    Contents precision(String name) {
        precision = name;
        return this;
    }

    Contents settings(String hash) {
        settings = hash;
        return this;
    }

    Contents issued(String instant) {
        issued = Instant.parse(instant);
        return this;
    }

    Contents flags(String... notes) {
        flags = List.of(notes);
        return this;
    }

    Contents finding(String label, String text, double score, String equivalence, String code, String display) {
        return finding(new ReportFinding(
                index(label),
                label,
                text,
                score,
                OptionalDouble.empty(),
                0.5,
                false,
                "routine",
                equivalence,
                List.of(new ReportCoding("http://snomed.info/sct", code, display)),
                List.of(),
                Map.of()));
    }

    Contents textFinding(String label, String text, double score) {
        return finding(new ReportFinding(
                index(label),
                label,
                text,
                score,
                OptionalDouble.empty(),
                0.5,
                false,
                "routine",
                "unmatched",
                List.of(),
                List.of(),
                Map.of()));
    }

    Contents finding(ReportFinding finding) {
        findings.add(finding);
        return this;
    }

    Contents score(String label, double score) {
        scores.put(index(label), score);
        return this;
    }

    Contents notAssessed(String label) {
        notAssessed.add(index(label));
        return this;
    }

    Contents notAssessed(Stream<String> labels) {
        labels.forEach(this::notAssessed);
        return this;
    }

    Contents greyZone(String label, double from) {
        greyZones.put(index(label), from);
        return this;
    }

    Contents scoredOnly(String label) {
        scoredOnly.add(index(label));
        return this;
    }

    ReportContent build() {
        List<ReportScore> all = new ArrayList<>();
        for (int i = 0; i < LABELS.size(); i++) {
            double score = scores.getOrDefault(i, 0.001 + i / 1000.0);
            for (ReportFinding finding : findings) {
                if (finding.labelIndex() == i && finding.stretches().isEmpty()) {
                    score = finding.score();
                }
            }
            all.add(new ReportScore(
                    i,
                    LABELS.get(i),
                    score,
                    OptionalDouble.empty(),
                    0.5,
                    greyZones.getOrDefault(i, 0.5),
                    !notAssessed.contains(i),
                    !scoredOnly.contains(i)));
        }
        return new ReportContent(
                recording(),
                leads,
                demonstration
                        ? "Demonstration network, " + leads + "-lead (not ECGFounder)"
                        : "ECGFounder " + leads + "-lead",
                "sha256:" + Sha256.hex(demonstration ? "demonstration" : "checkpoint"),
                demonstration,
                "PyTorch 2.7.1 on cpu",
                precision,
                "0.1.0",
                "default-0.5",
                "1.0.0",
                "notch 50 Hz, band-pass 0.67-40 Hz, minus running median, 500 Hz, windows of 10 s",
                settings,
                findings,
                all,
                List.of("ventricular fibrillation", "asystole"),
                flags,
                issued);
    }

    private Recording recording() {
        Map<Lead, RecordedLead> signals = new EnumMap<>(Lead.class);
        for (Lead lead : Lead.twelve().subList(0, leads)) {
            double[] millivolts = new double[(int) Math.round(seconds * 100)];
            signals.put(
                    lead,
                    new RecordedLead(lead, Waveform.of(new SamplingFrequency(100), millivolts), "MDC 131329", false));
        }
        return new Recording(source, signals, subject, encounter, basedOn, effective, List.of(), Sha256.hex("samples"));
    }

    private static List<String> labels() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Contents.class.getResourceAsStream("labels.csv")), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .skip(1)
                    .map(line -> line.substring(line.indexOf(',') + 1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
