package dev.ecgfhir.terminology;

/**
 * A combination that holds for the positive labels of one recording.
 *
 * @param name name of the combination
 * @param label the label that gets the concept
 * @param with the other label
 * @param text wording for a reader, for example {@code Atrial fibrillation with rapid ventricular response}
 * @param equivalence how the concept relates to the two labels together
 * @param coding a concept that is true where both labels are
 */
public record Combined(String name, String label, String with, String text, Equivalence equivalence, Coding coding) {}
