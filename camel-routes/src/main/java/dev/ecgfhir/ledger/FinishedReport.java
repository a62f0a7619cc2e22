package dev.ecgfhir.ledger;

/**
 * What an interpretation leaves in the ledger.
 *
 * @param modelHash {@code sha256:<hex>} of the model, at most 100 characters
 * @param reportIdentifier the report's identifier value, at most 200 characters
 * @param target name of the target that the report goes to, at most 200 characters
 * @param bundle what is to be delivered, as JSON
 */
public record FinishedReport(String modelHash, String reportIdentifier, String target, String bundle) {
    /** Tells no content: it is a patient's. */
    @Override
    public String toString() {
        return "FinishedReport[modelHash=" + modelHash + ", reportIdentifier=" + reportIdentifier + ", target=" + target
                + ", bundle of " + bundle.length() + " characters]";
    }
}
