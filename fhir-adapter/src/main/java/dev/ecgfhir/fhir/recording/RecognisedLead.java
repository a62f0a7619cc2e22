package dev.ecgfhir.fhir.recording;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;

/**
 * Which lead an element's codes and texts name.
 *
 * <p>Every coding, every display and the text may state a lead; all that do must agree. The rank of the statement that is reported is:
 * code of a known system, display or text, code of an unknown system that is itself a lead's name.
 *
 * @param statement what they say, empty if none of them names a lead
 * @param by what told, for example {@code MDC 131329}
 * @param conflict the statements in words, if they disagree
 */
record RecognisedLead(Optional<LeadStatement> statement, String by, Optional<String> conflict) {
    static RecognisedLead of(CodeableConcept... concepts) {
        Map<String, LeadStatement> statements = new LinkedHashMap<>();
        for (CodeableConcept concept : concepts) {
            concept.getCoding().forEach(coding -> ofKnownSystem(coding, statements));
        }
        for (CodeableConcept concept : concepts) {
            concept.getCoding().forEach(coding -> ofText("display", coding.getDisplay(), statements));
            ofText("text", concept.getText(), statements);
        }
        for (CodeableConcept concept : concepts) {
            concept.getCoding().forEach(coding -> ofUnknownSystem(coding, statements));
        }
        List<String> names =
                statements.values().stream().map(LeadStatement::name).distinct().toList();
        boolean standard = statements.values().stream().anyMatch(s -> s.lead().isPresent());
        if (names.size() > 1 && standard) {
            String conflict = statements.entrySet().stream()
                    .map(e -> e.getKey() + " says " + e.getValue().name())
                    .collect(Collectors.joining(", "));
            return new RecognisedLead(Optional.empty(), "", Optional.of(conflict));
        }
        return statements.entrySet().stream()
                .findFirst()
                .map(e -> new RecognisedLead(Optional.of(e.getValue()), e.getKey(), Optional.empty()))
                .orElse(new RecognisedLead(Optional.empty(), "", Optional.empty()));
    }

    private static void ofKnownSystem(Coding coding, Map<String, LeadStatement> statements) {
        if (!coding.hasSystem() || !coding.hasCode()) {
            return;
        }
        String code = coding.getCode().strip();
        LeadCodes.systemName(coding.getSystem())
                .ifPresent(system -> LeadCodes.standard()
                        .lead(system, code)
                        .or(() -> system.equals("MDC") && code.startsWith("MDC_")
                                ? LeadNames.parse(code)
                                : Optional.empty())
                        .ifPresent(lead -> statements.put(system + " " + code, lead)));
    }

    private static void ofText(String kind, @Nullable String text, Map<String, LeadStatement> statements) {
        if (text != null) {
            LeadNames.parse(text).ifPresent(lead -> statements.put(unused(kind, statements), lead));
        }
    }

    /** A code of an unknown system counts if it is a lead's name, but C1 to C6 do not: there they may be channels. */
    private static void ofUnknownSystem(Coding coding, Map<String, LeadStatement> statements) {
        if (!coding.hasCode()) {
            return;
        }
        boolean known =
                coding.hasSystem() && LeadCodes.systemName(coding.getSystem()).isPresent();
        String code = coding.getCode().strip();
        if (!known && !code.startsWith("C") && !code.startsWith("c")) {
            ofText("local code", code, statements);
        }
    }

    private static String unused(String kind, Map<String, LeadStatement> statements) {
        List<String> taken = new ArrayList<>(statements.keySet());
        int number = 2;
        String name = kind;
        while (taken.contains(name)) {
            name = kind + " " + number++;
        }
        return name;
    }
}
