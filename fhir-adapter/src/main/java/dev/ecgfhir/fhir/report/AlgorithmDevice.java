package dev.ecgfhir.fhir.report;

import static dev.ecgfhir.fhir.report.ReportTerms.term;

import dev.ecgfhir.fhir.recording.Sha256;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Narrative;

/**
 * The algorithm behind reports, as the FHIR Device that they name. One for each model and each version of what decides.
 *
 * @param modelName for readers
 * @param modelHash {@code sha256:<hex>} of the checkpoint
 * @param demonstration true if the weights are the bundled demonstration ones
 * @param leads leads that the model takes: 12 or 1
 * @param softwareVersion this product's version
 * @param thresholdsVersion version of the table of thresholds
 * @param terminologyVersion version of the ConceptMap
 * @param precision number format in which the network runs; named where it is not {@code float32}
 */
public record AlgorithmDevice(
        String modelName,
        String modelHash,
        boolean demonstration,
        int leads,
        String softwareVersion,
        String thresholdsVersion,
        String terminologyVersion,
        String precision) {
    /** Identifier system of {@link #key}. */
    public static final String DEVICE_SYSTEM = "https://ecgfhir.dev/identifier/device";

    static final String DEMONSTRATION_NOTE =
            "Demonstration weights: not ECGFounder, not validated, for demonstration only, not for clinical use.";

    private static final String FULL_PRECISION = "float32";

    /** Returns the algorithm behind a content. */
    public static AlgorithmDevice of(ReportContent content) {
        return new AlgorithmDevice(
                content.modelName(),
                content.modelHash(),
                content.demonstration(),
                content.leads(),
                content.softwareVersion(),
                content.thresholdsVersion(),
                content.terminologyVersion(),
                content.precision());
    }

    /** Returns what identifies it: SHA-256 over everything that it says, hexadecimal. */
    public String key() {
        return Sha256.hex(String.join(
                "|",
                modelName,
                modelHash,
                String.valueOf(demonstration),
                String.valueOf(leads),
                softwareVersion,
                thresholdsVersion,
                reduced() ? terminologyVersion + "|" + precision : terminologyVersion));
    }

    private boolean reduced() {
        return !precision.equals(FULL_PRECISION);
    }

    /** Returns the deterministic id of the Device. */
    public String id() {
        return ReportIdentity.id(key(), "device");
    }

    /** Returns it as a FHIR Device, always the same for the same values. */
    public Device toDevice() {
        Device device = new Device();
        device.setId(id());
        device.setLanguage(ReportLanguage.ENGLISH.tag()); // shared by reports of all languages
        device.addIdentifier().setSystem(DEVICE_SYSTEM).setValue(key());
        device.setStatus(Device.FHIRDeviceStatus.ACTIVE);
        device.addDeviceName().setName("ECGFounder for FHIR").setType(Device.DeviceNameType.MANUFACTURERNAME);
        device.addDeviceName().setName(modelName).setType(Device.DeviceNameType.MODELNAME);
        device.setType(new CodeableConcept().setText("Software: neural network that interprets ECG recordings"));
        addVersion(device, ReportTerms.SOFTWARE, softwareVersion);
        addVersion(device, ReportTerms.MODEL, modelHash);
        addVersion(device, ReportTerms.THRESHOLDS, thresholdsVersion);
        addVersion(device, ReportTerms.TERMINOLOGY, terminologyVersion);
        if (reduced()) {
            addVersion(device, ReportTerms.PRECISION, precision);
        }
        device.addProperty()
                .setType(term(ReportTerms.LEADS))
                .addValueQuantity()
                .setValue(leads)
                .setSystem(ReportTerms.UCUM)
                .setCode("1");
        device.addProperty()
                .setType(term(ReportTerms.WEIGHTS))
                .addValueCode(term(demonstration ? ReportTerms.DEMONSTRATION_WEIGHTS : ReportTerms.GIVEN_WEIGHTS));
        if (demonstration) {
            device.addNote().setText(DEMONSTRATION_NOTE);
        }
        device.setText(narrative());
        return device;
    }

    private Narrative narrative() {
        Xhtml text = new Xhtml(ReportLanguage.ENGLISH);
        if (demonstration) {
            text.strong(DEMONSTRATION_NOTE);
        }
        return text.paragraph("ECGFounder for FHIR " + softwareVersion + ", " + modelName + ", " + leads
                        + (leads == 1 ? " lead" : " leads"))
                .paragraph("Model " + modelHash + "; thresholds " + thresholdsVersion + "; terminology "
                        + terminologyVersion + (reduced() ? "; reduced precision " + precision : ""))
                .toNarrative();
    }

    private static void addVersion(Device device, ReportTerms.Term type, String value) {
        device.addVersion().setType(term(type)).setValue(value);
    }
}
