package dev.ecgfhir.fhir.server;

import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.model.valueset.BundleEntryTransactionMethodEnum;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Resource;

/** Resources with their versions; a deleted one has a last version that is no resource. Safe to share between threads. */
public final class MemoryStore {
    private final Map<String, List<Optional<Resource>>> versions = new TreeMap<>();
    private final Map<String, Instant> deletions = new TreeMap<>();
    private final AtomicLong ids = new AtomicLong(1000);
    private final Supplier<Instant> clock;

    /** Makes an empty store that stamps by a clock. */
    public MemoryStore(Supplier<Instant> clock) {
        this.clock = clock;
    }

    /** Stores a new version under the resource's id, or a new resource under a new id if it has none. */
    public synchronized IdType put(Resource resource) {
        return put(resource, clock.get());
    }

    /** Stores a new version with a stamp of the caller's. */
    public synchronized IdType put(Resource resource, Instant lastUpdated) {
        Resource copy = resource.copy();
        String id = resource.getIdElement().hasIdPart()
                        && !resource.getIdElement().getIdPart().startsWith("urn:")
                ? resource.getIdElement().getIdPart()
                : String.valueOf(ids.incrementAndGet());
        List<Optional<Resource>> known = versions.computeIfAbsent(copy.fhirType() + "/" + id, key -> new ArrayList<>());
        IdType stored = new IdType(copy.fhirType(), id, String.valueOf(known.size() + 1));
        copy.setId(stored);
        copy.getMeta().setVersionId(stored.getVersionIdPart()).setLastUpdated(Date.from(lastUpdated));
        known.add(Optional.of(copy));
        return stored;
    }

    /** Changes the current version in place: the end of a write that began in the same transaction. */
    synchronized void replaceCurrent(Resource resource) {
        List<Optional<Resource>> known =
                versions.get(resource.getIdElement().toUnqualifiedVersionless().getValue());
        known.set(known.size() - 1, Optional.of(resource.copy()));
    }

    /** Stores a new version if the current one is that of an If-Match header. */
    synchronized IdType putIfMatch(Resource resource, Optional<String> ifMatch) {
        String key = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
        String current = String.valueOf(versions.getOrDefault(key, List.of()).size());
        if (ifMatch.isPresent() && !ifMatch.get().equals(current)) {
            throw new ResourceVersionConflictException("version is " + current);
        }
        return put(resource);
    }

    /** Deletes a resource. */
    public synchronized void delete(String address) {
        versions.get(address).add(Optional.empty());
        deletions.put(address, clock.get());
    }

    /** Returns all versions of a type since an instant; of a deleted resource one more that says so. */
    synchronized List<Resource> history(Class<? extends Resource> type, Instant since) {
        List<Resource> history = new ArrayList<>();
        versions.forEach((address, known) -> {
            if (address.startsWith(type.getSimpleName() + "/")) {
                known.stream().flatMap(Optional::stream).map(Resource::copy).forEach(history::add);
                if (known.get(known.size() - 1).isEmpty()) {
                    history.add(deleted(type, address, known.size()));
                }
            }
        });
        history.removeIf(one -> one.getMeta().getLastUpdated().toInstant().isBefore(since));
        return history;
    }

    private Resource deleted(Class<? extends Resource> type, String address, int version) {
        try {
            Resource resource = type.getDeclaredConstructor().newInstance();
            resource.setId(new IdType(address + "/_history/" + version));
            Date when = Date.from(deletions.get(address));
            resource.getMeta().setLastUpdated(when);
            ResourceMetadataKeyEnum.DELETED_AT.put(resource, new InstantType(when));
            ResourceMetadataKeyEnum.ENTRY_TRANSACTION_METHOD.put(resource, BundleEntryTransactionMethodEnum.DELETE);
            return resource;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the current version. */
    public synchronized Resource current(String address) {
        List<Optional<Resource>> known = versions.getOrDefault(address, List.of());
        if (known.isEmpty()) {
            throw new ResourceNotFoundException(address);
        }
        return known.get(known.size() - 1)
                .orElseThrow(() -> new ResourceGoneException(address))
                .copy();
    }

    /** Returns one version. */
    public synchronized Resource version(String address, String version) {
        List<Optional<Resource>> known = versions.getOrDefault(address, List.of());
        int number = Integer.parseInt(version);
        if (number < 1 || number > known.size()) {
            throw new ResourceNotFoundException(address + " version " + version);
        }
        return known.get(number - 1)
                .orElseThrow(() -> new ResourceGoneException(address))
                .copy();
    }

    /** Returns the current versions of a type. */
    public synchronized List<Resource> all(String type) {
        List<Resource> all = new ArrayList<>();
        versions.forEach((address, known) -> {
            if (address.startsWith(type + "/")) {
                known.get(known.size() - 1).ifPresent(resource -> all.add(resource.copy()));
            }
        });
        return all;
    }

    /** Returns how many versions of a resource there are; 0 if there is none. */
    public synchronized int versionsOf(String address) {
        return versions.getOrDefault(address, List.of()).size();
    }

    /** Finds resources of a type by an identifier {@code system|value}, as a conditional create does. */
    synchronized List<Resource> withIdentifier(String type, String token) {
        String[] parts = token.split("\\|", -1);
        if (parts.length != 2) {
            throw new InvalidRequestException("identifier must be system|value, was " + token);
        }
        return all(type).stream()
                .filter(resource -> Tokens.identifiers(resource).stream()
                        .anyMatch(one -> parts[0].equals(one.getSystem()) && parts[1].equals(one.getValue())))
                .toList();
    }
}
