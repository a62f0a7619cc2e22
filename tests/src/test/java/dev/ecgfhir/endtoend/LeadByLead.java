package dev.ecgfhir.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;

/**
 * ECGs that the hospital stores as twelve Observations of one lead each, in an order of chance, all at once or in two parts. Their code is one
 * that the default query does not ask for.
 */
final class LeadByLead {
    /** Finds these and no other ECG of the hospital. */
    static final Map<String, List<String>> QUERY = Map.of("code", List.of("http://loinc.org|34534-8"));

    private static final int LEADS = 12;

    private final Hospital hospital;
    private final Observation whole;
    private final Random random = new Random(Long.getLong("chaos.seed", 1));
    private final List<Ecg> ecgs = new ArrayList<>();

    /** Begins with none; a hospital has one. */
    LeadByLead(Hospital hospital) {
        this.hospital = hospital;
        this.whole = hospital.recording("ptbxl_00292");
    }

    /** The leads that are still to come, and the Observations of those that are there. */
    private record Ecg(Date when, List<Integer> toCome, String[] stored) {}

    /**
     * Stores the first leads of one more ECG.
     *
     * @param leads how many, 1..12
     */
    void begin(int leads) {
        List<Integer> order = IntStream.range(0, LEADS).boxed().collect(Collectors.toList());
        Collections.shuffle(order, random);
        // no two of them within the tolerance
        Ecg ecg = new Ecg(new Date(1_700_000_000_000L + 60_000L * ecgs.size()), order, new String[LEADS]);
        ecgs.add(ecg);
        store(ecg, leads);
    }

    /**
     * Stores what lacks of those that were begun.
     *
     * @return ids of their Observations of lead I, under which they are reported
     */
    List<String> complete() {
        List<Ecg> begun = ecgs.stream().filter(ecg -> !ecg.toCome().isEmpty()).toList();
        begun.forEach(ecg -> store(ecg, ecg.toCome().size()));
        return begun.stream().map(ecg -> ecg.stored()[0]).toList();
    }

    /**
     * Stores whole ECGs.
     *
     * @return ids as of {@link #complete}
     */
    List<String> receive(int count) {
        List<String> received = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            begin(LEADS);
            received.add(ecgs.get(ecgs.size() - 1).stored()[0]);
        }
        return received;
    }

    private void store(Ecg ecg, int leads) {
        for (int i = 0; i < leads; i++) {
            int lead = ecg.toCome().remove(0);
            ecg.stored()[lead] = hospital.store(observation(lead, ecg.when()));
        }
    }

    private Observation observation(int lead, Date when) {
        Observation observation = new Observation();
        observation.setStatus(whole.getStatus());
        observation.setCode(new CodeableConcept().addCoding(new Coding("http://loinc.org", "34534-8", null)));
        observation.setBodySite(whole.getComponent().get(lead).getCode());
        observation.setSubject(new Reference()
                .setIdentifier(new Identifier().setSystem("urn:chaos").setValue("patient")));
        observation.setDevice(new Reference()
                .setIdentifier(new Identifier().setSystem("urn:chaos").setValue("cart")));
        observation.setEffective(new DateTimeType(when));
        observation.setValue(whole.getComponent().get(lead).getValue());
        return observation;
    }

    /** Returns how many ECGs there are, those among them whose leads are not all there. */
    int received() {
        return ecgs.size();
    }

    /**
     * Asserts that those among some ECGs that are lead by lead have one report each, of all leads.
     *
     * @param reported ids of ECGs, here those of lead I
     */
    void assertOneReportEach(List<String> reported) {
        for (Ecg ecg :
                ecgs.stream().filter(one -> reported.contains(one.stored()[0])).toList()) {
            assertThat(List.of(ecg.stored()))
                    .allSatisfy(lead -> assertThat(hospital.reportIds(lead))
                            .as("reports on Observation/%s", lead)
                            .hasSize(1)
                            .isEqualTo(hospital.reportIds(ecg.stored()[0])));
        }
    }
}
