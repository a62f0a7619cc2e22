package dev.ecgfhir.fhir.report;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Which version of the recording a report is of, as its results say in {@code derivedFrom}: one Observation, or one for each lead, each with
 * its version.
 */
final class SourceVersion {
    private static final String HISTORY = "/_history/";

    private SourceVersion() {}

    /**
     * Tells whether the results on the target are of a newer version of the recording than a report at hand: of a newer version of one of
     * its Observations, or of more of them.
     *
     * @return false also where versions are no numbers: then nothing says which is newer, and the one at hand was made later
     */
    static boolean isNewer(List<Observation> there, Bundle atHand) {
        Map<String, String> theirs = versions(there.stream());
        Map<String, String> ours = versions(results(atHand));
        boolean theyAreNewer = ours.keySet().stream().anyMatch(one -> isNewer(theirs.get(one), ours.get(one)));
        boolean weAreNewer = ours.keySet().stream().anyMatch(one -> isNewer(ours.get(one), theirs.get(one)));
        boolean theyAreMore = !ours.isEmpty()
                && theirs.size() > ours.size()
                && theirs.keySet().containsAll(ours.keySet());
        return theyAreNewer || (theyAreMore && !weAreNewer);
    }

    /** Tells whether the results on the target are of another version of the recording than a report at hand, as far as both say. */
    static boolean differs(List<Observation> there, Bundle atHand) {
        Map<String, String> theirs = versions(there.stream());
        Map<String, String> ours = versions(results(atHand));
        return !theirs.isEmpty() && !ours.isEmpty() && !theirs.equals(ours);
    }

    /**
     * Tells whether the results on the target are of a newer version of the recording than an address names.
     *
     * @param recording address of the recording with its version
     */
    static boolean isNewer(List<Observation> there, String recording) {
        return isNewer(versions(there.stream()).get(resource(recording)), version(recording));
    }

    /**
     * Tells whether the results on the target are of a recording, as far as they say.
     *
     * @param recording its address with its version, or that of one of its Observations
     */
    static boolean isOf(List<Observation> there, String recording) {
        Map<String, String> theirs = versions(there.stream());
        return theirs.isEmpty() || theirs.containsKey(resource(recording));
    }

    private static Stream<Observation> results(Bundle atHand) {
        return atHand.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(Observation.class::isInstance)
                .map(Observation.class::cast);
    }

    /**
     * Versions by type and id. The identifier is looked at first: servers strip versions off literal references. Where a withdrawal has come
     * after the report, the version that withdrew it counts.
     */
    private static Map<String, String> versions(Stream<Observation> results) {
        Map<String, String> versions = new HashMap<>();
        results.filter(Resource::hasId).flatMap(SourceVersion::addresses).forEach(address -> {
            if (address.contains(HISTORY)) {
                versions.putIfAbsent(resource(address), version(address));
            }
        });
        return versions;
    }

    private static Stream<String> addresses(Observation result) {
        return Stream.concat(
                result.getIdentifier().stream()
                        .filter(identifier -> WithdrawnForm.SYSTEM.equals(identifier.getSystem()))
                        .map(Identifier::getValue),
                result.getDerivedFrom().stream().flatMap(SourceVersion::addresses));
    }

    private static Stream<String> addresses(Reference link) {
        return Stream.of(Optional.ofNullable(link.getIdentifier().getValue()), Optional.ofNullable(link.getReference()))
                .flatMap(Optional::stream);
    }

    /** Type and id of an address, whatever server it names. */
    private static String resource(String address) {
        int end = address.contains(HISTORY) ? address.indexOf(HISTORY) : address.length();
        int id = address.lastIndexOf('/', end - 1);
        return address.substring(address.lastIndexOf('/', id - 1) + 1, end);
    }

    private static String version(String address) {
        return address.contains(HISTORY) ? address.substring(address.indexOf(HISTORY) + HISTORY.length()) : "";
    }

    private static boolean isNewer(@Nullable String one, @Nullable String other) {
        return one != null
                && other != null
                && isNumber(one)
                && isNumber(other)
                && new BigInteger(one).compareTo(new BigInteger(other)) > 0;
    }

    private static boolean isNumber(String version) {
        return version.matches("\\d{1,18}");
    }
}
