package dev.ecgfhir.fhir.report;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;

/** What all resources of one report have in common. Not safe to share between threads. */
final class ResultFrame {
    private final ReportContent content;
    private final ReportIdentity identity;
    private final SourceLinks links;
    private final ReportTexts texts;
    private final String device;
    private final Optional<Reference> subject;
    private final Optional<Reference> encounter;
    private final Optional<Type> effective;

    /**
     * Prepares the common parts.
     *
     * @param content what is reported
     * @param links references as they must stand on the target
     * @param device address of the Device in the transaction
     * @param texts in the language of the report
     */
    ResultFrame(ReportContent content, SourceLinks links, String device, ReportTexts texts) {
        this.texts = texts;
        this.content = content;
        this.identity = ReportIdentity.of(content);
        this.links = links;
        this.device = device;
        this.subject = content.recording().subject().flatMap(links::link);
        this.encounter = content.recording().encounter().flatMap(links::link);
        this.effective = content.recording().effective().flatMap(EffectiveTime::of);
    }

    ReportContent content() {
        return content;
    }

    ReportIdentity identity() {
        return identity;
    }

    ReportTexts texts() {
        return texts;
    }

    SourceLinks links() {
        return links;
    }

    Reference device() {
        return new Reference(device);
    }

    /** Returns a reference to another resource of the same transaction: by its id where the server is known, else by URN. */
    Reference inside(Resource resource) {
        String id = resource.getIdElement().getIdPart();
        return new Reference(links.home().isPresent() ? resource.fhirType() + "/" + id : ReportWriter.urn(id));
    }

    Optional<Reference> subject() {
        return subject.map(Reference::copy);
    }

    Optional<Reference> encounter() {
        return encounter.map(Reference::copy);
    }

    Optional<Type> effective() {
        return effective.map(Type::copy);
    }

    /**
     * Returns the time of a finding that is not there all the time: from the start of its first stretch to the end of its last.
     *
     * @param stretches of the finding
     * @return empty if there are none, or the recording's start is not known to the second
     */
    Optional<Period> effective(List<Stretch> stretches) {
        return stretches.isEmpty()
                ? Optional.empty()
                : effective.flatMap(whole -> EffectiveTime.part(
                        whole,
                        stretches.get(0).fromSeconds(),
                        stretches.get(stretches.size() - 1).toSeconds()));
    }

    InstantType issued() {
        return instant(content.issued());
    }

    List<Reference> basedOn() {
        return content.recording().basedOn().stream()
                .flatMap(order -> links.link(order).stream())
                .toList();
    }

    /** Begins a result Observation: everything but what it is about. */
    Observation observation(String id) {
        Observation observation = new Observation();
        observation.setId(id);
        observation.setLanguage(texts.language().tag());
        observation.getMeta().addSecurity(ReportTerms.assertedByAi());
        observation.setStatus(Observation.ObservationStatus.PRELIMINARY);
        observation.addCategory(new CodeableConcept()
                .addCoding(new Coding(
                        "http://terminology.hl7.org/CodeSystem/observation-category", "procedure", "Procedure")));
        observation.addCategory(electrocardiac());
        subject().ifPresent(observation::setSubject);
        encounter().ifPresent(observation::setEncounter);
        effective().ifPresent(observation::setEffective);
        observation.setIssuedElement(issued());
        observation.setMethod(new CodeableConcept().setText(content.preprocessing()));
        observation.setDevice(device());
        links.recordings().forEach(observation::addDerivedFrom);
        return observation;
    }

    /** Returns the category EC of HL7 table 0074, electrocardiac. */
    static CodeableConcept electrocardiac() {
        return new CodeableConcept()
                .addCoding(new Coding()
                        .setSystem("http://terminology.hl7.org/CodeSystem/v2-0074")
                        .setCode("EC"))
                .setText("Electrocardiography");
    }

    /** Returns a number without a dimension. */
    static Quantity ratio(double value) {
        return new Quantity()
                .setValue(Numbers.exact(value))
                .setSystem(ReportTerms.UCUM)
                .setCode("1");
    }

    /** Returns the range in which a score is positive, in a form that each scores and finding component carries. */
    static Observation.ObservationReferenceRangeComponent positiveFrom(double threshold) {
        return new Observation.ObservationReferenceRangeComponent()
                .setLow(ratio(threshold))
                .setType(ReportTerms.term(ReportTerms.POSITIVE_RANGE));
    }

    private static InstantType instant(Instant instant) {
        return new InstantType(Date.from(instant), TemporalPrecisionEnum.MILLI, TimeZone.getTimeZone("UTC"));
    }
}
