package dev.ecgfhir.terminology;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.MetadataResource;

/** Writes the terminology as files that any FHIR server can load. */
public final class TerminologyExport {
    private TerminologyExport() {}

    /**
     * Writes one indented JSON file for each resource, named as {@code CodeSystem-ecgfounder-labels.json}. Files of the same names are
     * replaced, others are left alone.
     *
     * @param directory where to; made if it is not there
     * @param context an R4 context
     * @return the files, in the order of {@link Terminology#resources()}
     * @throws IOException if the directory cannot be made or a file cannot be written
     */
    public static List<Path> write(Path directory, FhirContext context) throws IOException {
        return write(directory, context, ConceptScope.ALL);
    }

    /**
     * Writes the resources limited to some concepts.
     *
     * @param directory where to; made if it is not there
     * @param context an R4 context
     * @param scope which concepts they may contain
     * @return the files, in the order of {@link Terminology#resources(ConceptScope)}
     * @throws IOException if the directory cannot be made or a file cannot be written
     */
    public static List<Path> write(Path directory, FhirContext context, ConceptScope scope) throws IOException {
        Files.createDirectories(directory);
        IParser parser = context.newJsonParser().setPrettyPrint(true);
        List<Path> files = new ArrayList<>();
        for (MetadataResource resource : Terminology.resources(scope)) {
            Path file = directory.resolve(
                    resource.fhirType() + "-" + resource.getIdElement().getIdPart() + ".json");
            Files.writeString(file, parser.encodeResourceToString(resource) + "\n", StandardCharsets.UTF_8);
            files.add(file);
        }
        return files;
    }
}
