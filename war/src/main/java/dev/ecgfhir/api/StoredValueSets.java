package dev.ecgfhir.api;

import ca.uhn.fhir.jpa.provider.ValueSetOperationProvider;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/**
 * HAPI's operations on value sets, except that this product expands its own sets itself: where a set lists concepts whose code system is not
 * stored, as SNOMED CT is not, HAPI 8.8.0 overlooks {@code filter}, and fails with {@code count} until a job of its own has been there.
 */
final class StoredValueSets extends ValueSetOperationProvider {
    private final FixedValueSets own;

    StoredValueSets(FixedValueSets own) {
        this.own = own;
    }

    @Override
    @Operation(name = "$expand", idempotent = true, typeName = "ValueSet")
    public IBaseResource expand(
            HttpServletRequest servletRequest,
            @IdParam(optional = true) @Nullable IIdType id,
            @OperationParam(name = "valueSet", min = 0, max = 1) @Nullable IBaseResource valueSet,
            @OperationParam(name = "url", min = 0, max = 1, typeName = "uri") @Nullable IPrimitiveType<String> url,
            @OperationParam(name = "valueSetVersion", min = 0, max = 1, typeName = "string") @Nullable
                    IPrimitiveType<String> version,
            @OperationParam(name = "filter", min = 0, max = 1, typeName = "string") @Nullable
                    IPrimitiveType<String> filter,
            @OperationParam(name = "context", min = 0, max = 1, typeName = "string") @Nullable
                    IPrimitiveType<String> context,
            @OperationParam(name = "contextDirection", min = 0, max = 1, typeName = "string") @Nullable
                    IPrimitiveType<String> contextDirection,
            @OperationParam(name = "offset", min = 0, max = 1, typeName = "integer") @Nullable
                    IPrimitiveType<Integer> offset,
            @OperationParam(name = "count", min = 0, max = 1, typeName = "integer") @Nullable
                    IPrimitiveType<Integer> count,
            @OperationParam(name = "displayLanguage", min = 0, max = 1, typeName = "code") @Nullable
                    IPrimitiveType<String> displayLanguage,
            @OperationParam(name = "includeHierarchy", min = 0, max = 1, typeName = "boolean") @Nullable
                    IPrimitiveType<Boolean> includeHierarchy,
            RequestDetails request) {
        IdType named = id == null || !id.hasIdPart() ? null : new IdType("ValueSet", id.getIdPart());
        UriType address = url == null ? null : new UriType(url.getValue());
        if (valueSet == null && own.has(named, address)) {
            StringType part = filter == null ? null : new StringType(filter.getValue());
            return own.expand(named, address, part, whole(offset), whole(count));
        }
        return super.expand(
                servletRequest,
                id,
                valueSet,
                url,
                version,
                filter,
                context,
                contextDirection,
                offset,
                count,
                displayLanguage,
                includeHierarchy,
                request);
    }

    private static @Nullable IntegerType whole(@Nullable IPrimitiveType<Integer> given) {
        return given == null || !given.hasValue() ? null : new IntegerType(given.getValue());
    }
}
