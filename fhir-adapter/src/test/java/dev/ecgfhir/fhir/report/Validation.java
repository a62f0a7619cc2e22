package dev.ecgfhir.fhir.report;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.Resource;

/** HAPI's instance validator over the R4 definitions, our own code systems, and the codes of others that reports may use. */
final class Validation {
    private static final String OBSERVATION_VALUE = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

    /**
     * Known: an Observation's performer cannot be a Device in R4, and nobody else performed it. A recording whose source names no patient
     * or no time gives a report without, and its text says so.
     */
    private static final Set<String> KNOWN = Set.of(
            "Best Practice Recommendation: In general, all observations should have a performer",
            "Best Practice Recommendation: In general, all observations should have a subject",
            "Best Practice Recommendation: In general, all observations should have an effective[x] ()");

    private final FhirContext context;
    private final FhirValidator validator;

    Validation(FhirContext context) {
        this.context = context;
        DefaultProfileValidationSupport r4 = new DefaultProfileValidationSupport(context);
        PrePopulatedValidationSupport known = new PrePopulatedValidationSupport(context);
        known.addCodeSystem(ReportTerms.codeSystem());
        CodeSystem labels = codeSystem(ReportTerms.LABELS);
        Contents.LABELS.forEach(label -> labels.addConcept().setCode(label));
        known.addCodeSystem(labels);
        // LOINC and SNOMED CT are not at hand: these are the codes that a report of the tests may hold, with their own
        // terms.
        known.addCodeSystem(codeSystem(
                ReportTerms.LOINC,
                "11524-6",
                "EKG study",
                "8601-7",
                "EKG impression",
                "LP29708-2",
                "Cardiology",
                "LA9633-4",
                "Present"));
        known.addCodeSystem(codeSystem(
                "http://snomed.info/sct",
                "49436004",
                "Atrial fibrillation",
                "17338001",
                "Ventricular premature beats",
                "426783006",
                "Normal sinus rhythm"));
        // AIAST came after R4 (HL7 terminology, v3-ObservationValue): R4's own system with this one code more.
        CodeSystem observationValue = ((CodeSystem) r4.fetchCodeSystem(OBSERVATION_VALUE)).copy();
        parentOf("CLINAST", observationValue.getConcept())
                .orElseThrow()
                .addConcept()
                .setCode("AIAST")
                .setDisplay("Artificial Intelligence asserted");
        known.addCodeSystem(observationValue);
        FhirInstanceValidator instances = new FhirInstanceValidator(new ValidationSupportChain(
                known,
                r4,
                new CommonCodeSystemsTerminologyService(context),
                new InMemoryTerminologyServerValidationSupport(context)));
        validator = context.newValidator().registerValidatorModule(instances);
    }

    /** Returns what the validator finds wrong or doubtful in a resource as it travels: written as JSON and read back. */
    List<String> complaints(Resource resource) {
        String json = context.newJsonParser().encodeResourceToString(resource);
        return validator.validateWithResult(json).getMessages().stream()
                .filter(message -> message.getSeverity() != ResultSeverityEnum.INFORMATION)
                .filter(message -> !KNOWN.contains(message.getMessage()))
                .map(Validation::text)
                .toList();
    }

    private static Optional<CodeSystem.ConceptDefinitionComponent> parentOf(
            String code, List<CodeSystem.ConceptDefinitionComponent> concepts) {
        for (CodeSystem.ConceptDefinitionComponent concept : concepts) {
            if (concept.getConcept().stream().anyMatch(child -> child.getCode().equals(code))) {
                return Optional.of(concept);
            }
            Optional<CodeSystem.ConceptDefinitionComponent> deeper = parentOf(code, concept.getConcept());
            if (deeper.isPresent()) {
                return deeper;
            }
        }
        return Optional.empty();
    }

    private static String text(SingleValidationMessage message) {
        return message.getSeverity() + " " + message.getLocationString() + ": " + message.getMessage();
    }

    private static CodeSystem codeSystem(String url, String... codesAndDisplays) {
        CodeSystem system = new CodeSystem();
        system.setUrl(url)
                .setStatus(Enumerations.PublicationStatus.ACTIVE)
                .setContent(CodeSystem.CodeSystemContentMode.COMPLETE);
        for (int i = 0; i < codesAndDisplays.length; i += 2) {
            system.addConcept().setCode(codesAndDisplays[i]).setDisplay(codesAndDisplays[i + 1]);
        }
        return system;
    }
}
