package dev.ecgfhir.inference.download;

import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checkpoints that the authors of ECGFounder publish.
 *
 * <h2>References</h2>
 * Files of https://huggingface.co/PKUDigitalHealth/ECGFounder; the address of a file is {@code resolve/REVISION/NAME} below it.
 */
public enum PublishedModel {
    /** All twelve standard leads. */
    TWELVE_LEAD("12-lead", 12, "12_lead_ECGFounder.pth"),
    /** Lead I. */
    SINGLE_LEAD("1-lead", 1, "1_lead_ECGFounder.pth");

    /** Where the authors publish the files; a mirror has files of the same names. Ends in a slash. */
    public static final URI REPOSITORY = URI.create("https://huggingface.co/PKUDigitalHealth/ECGFounder/resolve/main/");

    /** What a user has to know before using the weights. */
    public static final String LICENCE = "ECGFounder weights: MIT licence, PKUDigitalHealth."
            + " Please cite Li et al., An Electrocardiogram Foundation Model Built on over 10 Million Recordings,"
            + " arXiv:2410.04133 (CC BY 4.0).";

    private final String display;
    private final int leads;
    private final String fileName;

    PublishedModel(String display, int leads, String fileName) {
        this.display = display;
        this.leads = leads;
        this.fileName = fileName;
    }

    /** Returns the model that is called {@code 12-lead} or {@code 1-lead}, if the name is one of these. */
    public static Optional<PublishedModel> named(String name) {
        return Stream.of(values()).filter(model -> model.display.equals(name)).findFirst();
    }

    /** Returns {@code 12-lead} or {@code 1-lead}. */
    public String display() {
        return display;
    }

    /** Returns how many leads it takes. */
    public int leads() {
        return leads;
    }

    /** Returns the name of its file. */
    public String fileName() {
        return fileName;
    }
}
