package dev.ecgfhir.fhir.report;

import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;

/** Finds or makes the algorithm's Device on a target. */
final class DeviceWriter {
    private final TargetServer server;
    private final TargetCapabilities capabilities;

    DeviceWriter(TargetServer server, TargetCapabilities capabilities) {
        this.server = server;
        this.capabilities = capabilities;
    }

    /** Returns the Device's id on the target. */
    String write(Device device, Identifier identifier) {
        Device fresh = device.copy();
        String id = ReportIdentity.id(identifier.getValue(), "device");
        if (capabilities.updateCreate()) {
            if (!isThere(id)) {
                fresh.setId(id);
                server.asked(
                        "writing Device/" + id,
                        () -> server.client().update().resource(fresh).execute());
            }
            return id;
        }
        return oldest(identifier).orElseGet(() -> create(fresh, identifier));
    }

    private boolean isThere(String id) {
        try {
            return server.read(Device.class, id).isPresent();
        } catch (ResourceGoneException e) {
            return false; // a PUT brings it back
        }
    }

    private String create(Device fresh, Identifier identifier) {
        fresh.setIdElement(null);
        MethodOutcome outcome = server.asked("creating the algorithm's Device", () -> {
            var create = server.client().create().resource(fresh);
            return capabilities.conditionalCreate()
                    ? create.conditionalByUrl(
                                    "Device?identifier=" + identifier.getSystem() + "|" + identifier.getValue())
                            .execute()
                    : create.execute();
        });
        // Asked again: where two make it at once, all must name the same one; and an answer may leave out the id.
        return oldest(identifier)
                .or(() -> Optional.ofNullable(outcome.getId()).map(created -> created.getIdPart()))
                .orElseThrow(() -> new TargetException(
                        true, null, "the Device that was just created cannot be found at " + server.base(), null));
    }

    private Optional<String> oldest(Identifier identifier) {
        List<Device> found = server.withIdentifier(Device.class, identifier.getSystem(), identifier.getValue());
        return found.stream()
                .min(Comparator.comparing((Resource one) -> OwnResources.lastUpdated(one))
                        .thenComparing(one -> one.getIdElement().getIdPart()))
                .map(one -> one.getIdElement().getIdPart());
    }
}
