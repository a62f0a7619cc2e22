package dev.ecgfhir.api;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import dev.ecgfhir.terminology.ConceptScope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Resource;

/** HAPI's instance validator with R4, our own terminology, US Core's two profiles, and the codes of others that a report holds. */
final class ReportValidator {
    private static final FhirContext R4 = FhirContext.forR4();
    private static final String OBSERVATION_VALUE = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

    private final PrePopulatedValidationSupport known = new PrePopulatedValidationSupport(R4);
    private final Map<String, CodeSystem> foreign = new HashMap<>();
    private final FhirValidator validator = R4.newValidator();

    ReportValidator(List<? extends Resource> more) {
        DefaultProfileValidationSupport r4 = new DefaultProfileValidationSupport(R4);
        OwnTerminology.resources(ConceptScope.ALL).forEach(known::addResource);
        more.forEach(known::addResource);
        // AIAST came after R4: R4's own system with this one code more
        CodeSystem observationValue = ((CodeSystem) r4.fetchCodeSystem(OBSERVATION_VALUE)).copy();
        observationValue.addConcept().setCode("AIAST").setDisplay("Artificial Intelligence asserted");
        known.addCodeSystem(observationValue);
        validator.registerValidatorModule(new FhirInstanceValidator(new ValidationSupportChain(
                known,
                r4,
                new SnapshotGeneratingValidationSupport(R4),
                new CommonCodeSystemsTerminologyService(R4),
                new InMemoryTerminologyServerValidationSupport(R4))));
    }

    static List<MetadataResource> usCore() {
        return List.of(
                        "StructureDefinition-us-core-diagnosticreport-note",
                        "StructureDefinition-us-core-observation-clinical-result",
                        "ValueSet-us-core-diagnosticreport-category",
                        "ValueSet-us-core-clinical-result-observation-category")
                .stream()
                .map(name -> (MetadataResource) R4.newJsonParser().parseResource(text("/us-core/" + name + ".json")))
                .toList();
    }

    /** LOINC and SNOMED CT are not at hand: the codings of reports are taken as they are. To be told before the first question. */
    void know(Coding coding) {
        CodeSystem system = foreign.computeIfAbsent(coding.getSystem(), url -> {
            CodeSystem fresh = new CodeSystem();
            fresh.setUrl(url)
                    .setStatus(Enumerations.PublicationStatus.ACTIVE)
                    .setContent(CodeSystem.CodeSystemContentMode.COMPLETE);
            return fresh;
        });
        if (system.getConcept().stream().noneMatch(one -> one.getCode().equals(coding.getCode()))) {
            system.addConcept().setCode(coding.getCode()).setDisplay(coding.getDisplay());
        }
        known.addCodeSystem(system);
    }

    /** Returns the errors in a resource as it travels: written as JSON and read back. */
    List<String> errors(Resource resource) {
        String json = R4.newJsonParser().encodeResourceToString(resource);
        return validator.validateWithResult(json).getMessages().stream()
                .filter(message -> message.getSeverity() == ResultSeverityEnum.ERROR
                        || message.getSeverity() == ResultSeverityEnum.FATAL)
                .map(message -> message.getLocationString() + ": " + message.getMessage())
                .toList();
    }

    private static String text(String name) {
        try (InputStream stream = ReportValidator.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
