package dev.ecgfhir.api;

import java.util.Arrays;
import java.util.Optional;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.OperationDefinition.OperationKind;
import org.hl7.fhir.r4.model.OperationDefinition.OperationParameterUse;

/** This product's own operations and their definitions. */
enum OwnOperation {
    INTERPRET("interpret", "Observation-interpret", false) {
        @Override
        void define(OperationDefinition definition) {
            definition
                    .setName("Interpret")
                    .setTitle("Interpret ECGs")
                    .setDescription(
                            "Reads an ECG with the network and answers with the report and its companions. An ECG that cannot be read is "
                                    + "answered with status 422 and an OperationOutcome whose code says why. With the header 'Prefer: "
                                    + "respond-async' it takes up to " + InterpretJobs.MOST_ECGS
                                    + " ECGs and answers 202 with a "
                                    + "Content-Location, where the results will be: a Bundle of type batch-response, with one entry for each "
                                    + "ECG in the order of the request.")
                    .setAffectsState(true)
                    .addResource("Observation");
            definition.setSystem(false).setType(true).setInstance(true);
            in(
                    definition,
                    "observation",
                    0,
                    "*",
                    "Observation",
                    "An ECG itself; type level only. A bare Observation as body means the same. More than one only with respond-async.");
            in(
                    definition,
                    "reference",
                    0,
                    "*",
                    "Reference",
                    "Where an ECG is: Observation/[id], on this server; type level only. More than one only with respond-async.");
            in(
                    definition,
                    "model",
                    0,
                    "1",
                    "string",
                    "Name (twelve-lead, single-lead) or hash (sha256:...) of the loaded model that is to read. Default: the one for the leads that are there.");
            in(
                    definition,
                    "store",
                    0,
                    "1",
                    "boolean",
                    "True stores the report on this server, as if the ECG had been found there; not with 'observation'. Default false.");
            out(
                    definition,
                    "return",
                    "1",
                    "Bundle",
                    "A collection: DiagnosticReport, its result Observations, Device and Provenance.");
        }
    },

    INTERPRET_STATUS("interpret-status", "interpret-status", false) {
        @Override
        void define(OperationDefinition definition) {
            definition
                    .setName("InterpretStatus")
                    .setTitle("Ask for a job of $interpret")
                    .setDescription(
                            "GET answers 202 with X-Progress and Retry-After while the job is not done, then 200 with its results, "
                                    + "for an hour. DELETE ends the job and removes its results. Jobs do not survive a restart of the server; 410 "
                                    + "says so.")
                    .setAffectsState(false);
            definition.setSystem(true).setType(false).setInstance(false);
            in(definition, "job", 1, "1", "string", "The job, as Content-Location of its start names it.");
            out(
                    definition,
                    "return",
                    "1",
                    "Bundle",
                    "A batch-response: for each ECG a collection as $interpret gives it, or an OperationOutcome.");
        }
    },

    STATISTICS("statistics", "DiagnosticReport-statistics", true) {
        @Override
        void define(OperationDefinition definition) {
            definition
                    .setName("Statistics")
                    .setTitle("Count reports and findings")
                    .setDescription(
                            "Counts this product's reports by status and month, and their findings by label, status and month. The month is "
                                    + "that of the recording, as the report writes its date; the status is the report's.")
                    .setAffectsState(false)
                    .addResource("DiagnosticReport");
            definition.setSystem(false).setType(true).setInstance(false);
            in(definition, "from", 0, "1", "date", "First day of recordings that count; default: no limit.");
            in(definition, "to", 0, "1", "date", "Last day of recordings that count; default: no limit.");
            out(definition, "total", "1", "integer", "Reports in all.");
            var reports = out(definition, "reports", "*", "", "Reports of one status in one month.");
            part(
                    reports,
                    "month",
                    0,
                    "string",
                    "Year and month, YYYY-MM; absent for reports without a time of recording.");
            part(reports, "status", 1, "code", "Status of the reports.");
            part(reports, "count", 1, "integer", "How many there are.");
            var findings = out(
                    definition, "findings", "*", "", "Findings of one label in reports of one status in one month.");
            part(findings, "label", 1, "Coding", "The label.");
            part(
                    findings,
                    "month",
                    0,
                    "string",
                    "Year and month, YYYY-MM; absent for reports without a time of recording.");
            part(findings, "status", 1, "code", "Status of the reports.");
            part(findings, "count", 1, "integer", "How many reports have the finding.");
        }
    };

    private final String code;
    private final String id;
    private final boolean needsRepository;

    OwnOperation(String code, String id, boolean needsRepository) {
        this.code = code;
        this.id = id;
        this.needsRepository = needsRepository;
    }

    /** Returns the operation of a name, without the dollar sign; empty if it is none of ours. */
    static Optional<OwnOperation> of(String code) {
        return Arrays.stream(values()).filter(one -> one.code.equals(code)).findFirst();
    }

    /** Returns the id of the OperationDefinition. */
    String id() {
        return id;
    }

    boolean needsRepository() {
        return needsRepository;
    }

    /**
     * Returns the OperationDefinition.
     *
     * @param base address of this FHIR endpoint
     * @param version this product's version
     */
    OperationDefinition definition(String base, String version) {
        OperationDefinition definition = new OperationDefinition();
        definition.setId(id);
        definition
                .setUrl(base + "/OperationDefinition/" + id)
                .setVersion(version)
                .setStatus(PublicationStatus.ACTIVE)
                .setKind(OperationKind.OPERATION)
                .setPublisher("ECGFounder for FHIR")
                .setCode(code);
        define(definition);
        return definition;
    }

    abstract void define(OperationDefinition definition);

    private static void in(
            OperationDefinition definition, String name, int min, String max, String type, String documentation) {
        definition
                .addParameter()
                .setName(name)
                .setUse(OperationParameterUse.IN)
                .setMin(min)
                .setMax(max)
                .setType(type)
                .setDocumentation(documentation);
    }

    private static OperationDefinition.OperationDefinitionParameterComponent out(
            OperationDefinition definition, String name, String max, String type, String documentation) {
        var parameter = definition
                .addParameter()
                .setName(name)
                .setUse(OperationParameterUse.OUT)
                .setMin(max.equals("1") ? 1 : 0)
                .setMax(max)
                .setDocumentation(documentation);
        return type.isEmpty() ? parameter : parameter.setType(type);
    }

    private static void part(
            OperationDefinition.OperationDefinitionParameterComponent parameter,
            String name,
            int min,
            String type,
            String documentation) {
        parameter
                .addPart()
                .setName(name)
                .setUse(OperationParameterUse.OUT)
                .setMin(min)
                .setMax("1")
                .setType(type)
                .setDocumentation(documentation);
    }
}
