package dev.ecgfhir.fhir.server;

import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.History;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Offset;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Since;
import ca.uhn.fhir.rest.annotation.Sort;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** One type of resource of the server. */
public final class StoreProvider implements IResourceProvider {
    private final Class<? extends Resource> type;
    private final MemoryStore store;
    private final Behaviour behaviour;

    StoreProvider(Class<? extends Resource> type, MemoryStore store, Behaviour behaviour) {
        this.type = type;
        this.store = store;
        this.behaviour = behaviour;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return type;
    }

    /** Reads the current version or a given one. */
    @Read(version = true)
    public Resource read(@IdParam IdType id) {
        String address = type.getSimpleName() + "/" + id.getIdPart();
        if (id.hasVersionIdPart()) {
            if (!behaviour.vread) {
                throw new MethodNotAllowedException("no vread here");
            }
            return store.version(address, id.getVersionIdPart());
        }
        return behaviour.seen(store.current(address));
    }

    /** Searches. */
    @Search
    public List<IBaseResource> search(
            @OptionalParam(name = "identifier") @Nullable TokenParam identifier,
            @OptionalParam(name = "code") @Nullable TokenOrListParam code,
            @OptionalParam(name = "_lastUpdated") @Nullable DateRangeParam lastUpdated,
            @OptionalParam(name = "_id") @Nullable TokenOrListParam ids,
            @Sort @Nullable SortSpec sort) {
        if (sort != null && behaviour.refuseSort) {
            throw new InvalidRequestException("no _sort here");
        }
        List<Resource> found = new ArrayList<>(
                identifier == null
                        ? store.all(type.getSimpleName())
                        : store.withIdentifier(
                                type.getSimpleName(), identifier.getSystem() + "|" + identifier.getValue()));
        if (code != null) {
            found.removeIf(resource -> !hasCode(resource, code));
        }
        if (lastUpdated != null && lastUpdated.getLowerBoundAsInstant() != null) {
            found.removeIf(
                    resource -> resource.getMeta().getLastUpdated().before(lastUpdated.getLowerBoundAsInstant()));
        }
        if (ids != null) {
            found.removeIf(resource -> ids.getValuesAsQueryTokens().stream()
                    .noneMatch(
                            id -> id.getValue().equals(resource.getIdElement().getIdPart())));
        }
        behaviour.order(found);
        List<IBaseResource> answer = new ArrayList<>();
        found.forEach(resource -> answer.add(behaviour.seen(resource)));
        if (behaviour.outcomeInResults) {
            OperationOutcome outcome = new OperationOutcome();
            outcome.addIssue()
                    .setSeverity(OperationOutcome.IssueSeverity.INFORMATION)
                    .setDiagnostics("search is slow today");
            answer.add(answer.size() / 2, outcome);
        }
        return answer;
    }

    /** Tells all versions of the type. */
    @History
    public List<Resource> history(@Since @Nullable Date since, @Offset @Nullable Integer offset) {
        List<Resource> history = store.history(type, since == null ? Instant.EPOCH : since.toInstant());
        return history.subList(offset == null ? 0 : Math.min(offset, history.size()), history.size());
    }

    /** Creates, conditionally if asked. */
    @Create
    public MethodOutcome create(@ResourceParam Resource resource, @ConditionalUrlParam @Nullable String condition) {
        Resource fresh = resource.copy();
        fresh.setIdElement(null);
        return new MethodOutcome(create(fresh, Optional.ofNullable(condition)), true);
    }

    /** Updates; creates under a given id where the server does. */
    @Update
    public MethodOutcome update(@IdParam IdType id, @ResourceParam Resource resource, RequestDetails request) {
        checkCreateOnly(type.getSimpleName() + "/" + id.getIdPart(), request.getHeader("If-None-Match"));
        Resource fresh = resource.copy();
        fresh.setId(id.getIdPart());
        return new MethodOutcome(
                update(fresh, Optional.ofNullable(id.getVersionIdPart())),
                store.versionsOf(type.getSimpleName() + "/" + id.getIdPart()) == 1);
    }

    void checkCreateOnly(String address, @Nullable String ifNoneMatch) {
        if (behaviour.ifNoneMatch && "*".equals(ifNoneMatch) && store.versionsOf(address) > 0) {
            throw new PreconditionFailedException(address + " is there");
        }
    }

    IdType update(Resource fresh, Optional<String> ifMatch) {
        if (!behaviour.updateCreate
                && store.versionsOf(
                                fresh.fhirType() + "/" + fresh.getIdElement().getIdPart())
                        == 0) {
            throw new MethodNotAllowedException("ids are given by the server");
        }
        return store.putIfMatch(fresh, ifMatch);
    }

    IdType create(Resource fresh, Optional<String> condition) {
        if (condition.isPresent()) {
            if (!behaviour.conditionalCreate) {
                throw new PreconditionFailedException("no conditional create here");
            }
            String decoded = URLDecoder.decode(condition.get(), StandardCharsets.UTF_8);
            String token = decoded.substring(decoded.indexOf('=') + 1);
            List<Resource> there = decoded.contains("_tag=")
                    ? withTag(fresh.fhirType(), token)
                    : store.withIdentifier(fresh.fhirType(), token);
            if (there.size() > 1) {
                throw new PreconditionFailedException(there.size() + " match");
            }
            if (there.size() == 1) {
                return (IdType) there.get(0).getIdElement();
            }
        }
        return store.put(fresh);
    }

    private List<Resource> withTag(String resourceType, String token) {
        return store.all(resourceType).stream()
                .filter(resource -> resource.getMeta().getTag().stream()
                        .anyMatch(tag -> token.equals(tag.getSystem() + "|" + tag.getCode())))
                .toList();
    }

    private static boolean hasCode(Resource resource, TokenOrListParam wanted) {
        return resource instanceof Observation observation
                && observation.getCode().getCoding().stream()
                        .anyMatch(coding -> wanted.getValuesAsQueryTokens().stream()
                                .anyMatch(token -> token.getValue().equals(coding.getCode())
                                        && token.getSystem().equals(coding.getSystem())));
    }
}
