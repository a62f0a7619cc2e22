package dev.ecgfhir.repository;

import java.util.Set;
import java.util.TreeSet;

/**
 * Resource types that the embedded repository stores: ECGs, their reports, and whatever both refer to.
 *
 * <p>HAPI would serve all 146. Fewer types start faster, and a resource that nobody here reads is better refused than forgotten.
 */
public final class ServedTypes {
    /** ECGs and the reports on them, with what they refer to in FHIR R4's definitions of Observation and DiagnosticReport. */
    private static final Set<String> CLINICAL = Set.of(
            "AuditEvent",
            "Binary",
            "CarePlan",
            "CareTeam",
            "Device",
            "DeviceMetric",
            "DiagnosticReport",
            "DocumentReference",
            "Encounter",
            "Group",
            "ImagingStudy",
            "Location",
            "Media",
            "Observation",
            "Organization",
            "Patient",
            "Practitioner",
            "PractitionerRole",
            "Procedure",
            "Provenance",
            "ServiceRequest",
            "Specimen",
            "Task");

    /** Terminology, profiles and what HAPI itself keeps. */
    private static final Set<String> DEFINITIONS =
            Set.of("CodeSystem", "ConceptMap", "NamingSystem", "SearchParameter", "StructureDefinition", "ValueSet");

    private ServedTypes() {}

    /** Returns the names of all types in alphabetical order. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(CLINICAL);
        names.addAll(DEFINITIONS);
        return names;
    }
}
