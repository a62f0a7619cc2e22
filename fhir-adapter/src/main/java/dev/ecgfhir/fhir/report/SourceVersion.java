package dev.ecgfhir.fhir.report;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/** Which version of the recording a report is of, as its results say in {@code derivedFrom}. */
final class SourceVersion {
    private static final String HISTORY = "/_history/";

    private SourceVersion() {}

    /**
     * Tells whether the results on the target are of a newer version of the recording than a report at hand.
     *
     * @return false also where versions are no numbers: then nothing says which is newer, and the one at hand was made later
     */
    static boolean isNewer(List<Observation> there, Bundle atHand) {
        Optional<BigInteger> theirs = version(there.stream());
        Optional<BigInteger> ours = version(atHand.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(Observation.class::isInstance)
                .map(Observation.class::cast));
        return theirs.isPresent() && ours.isPresent() && theirs.get().compareTo(ours.get()) > 0;
    }

    /** Tells whether the results on the target are of another version of the recording than a report at hand, as far as both say. */
    static boolean differs(List<Observation> there, Bundle atHand) {
        Optional<String> theirs = text(there.stream());
        Optional<String> ours = text(atHand.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(Observation.class::isInstance)
                .map(Observation.class::cast));
        return theirs.isPresent() && ours.isPresent() && !theirs.equals(ours);
    }

    private static Optional<String> text(Stream<Observation> results) {
        return versions(addresses(results)).findFirst();
    }

    /**
     * Tells whether the results on the target are of a newer version of the recording than an address names.
     *
     * @param recording address of the recording with its version
     */
    static boolean isNewer(List<Observation> there, String recording) {
        Optional<BigInteger> theirs = version(there.stream());
        Optional<BigInteger> ours = number(Stream.of(recording));
        return theirs.isPresent() && ours.isPresent() && theirs.get().compareTo(ours.get()) > 0;
    }

    /**
     * The identifier is looked at first: servers strip versions off literal references. Where a withdrawal has come after the report, the
     * version that withdrew it counts.
     */
    private static Optional<BigInteger> version(Stream<Observation> results) {
        return number(addresses(results));
    }

    private static Stream<String> addresses(Stream<Observation> results) {
        return results.filter(Resource::hasId)
                .flatMap(result -> Stream.concat(
                        result.getIdentifier().stream()
                                .filter(identifier -> WithdrawnForm.SYSTEM.equals(identifier.getSystem()))
                                .map(Identifier::getValue),
                        result.getDerivedFrom().stream()
                                .flatMap(link -> Stream.of(
                                        Optional.ofNullable(link.getIdentifier().getValue()),
                                        Optional.ofNullable(link.getReference())))
                                .flatMap(Optional::stream)));
    }

    private static Optional<BigInteger> number(Stream<String> addresses) {
        return versions(addresses)
                .filter(version -> version.matches("\\d{1,18}"))
                .map(BigInteger::new)
                .findFirst();
    }

    private static Stream<String> versions(Stream<String> addresses) {
        return addresses
                .filter(address -> address.contains(HISTORY))
                .map(address -> address.substring(address.indexOf(HISTORY) + HISTORY.length()));
    }
}
