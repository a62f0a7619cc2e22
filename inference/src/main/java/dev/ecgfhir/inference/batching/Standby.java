package dev.ecgfhir.inference.batching;

import dev.ecgfhir.inference.EcgModel;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.ModelDescription;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What takes over when a device is lost: the same model on the CPU, where there is one. */
final class Standby {
    private static final Logger LOG = LoggerFactory.getLogger(Standby.class);

    private final Optional<Supplier<EcgModel>> onCpu;
    private final ModelDescription description;

    /**
     * @param onCpu starts the model on the CPU; empty if nothing takes over
     * @param description of the model whose place it takes
     */
    Standby(Optional<Supplier<EcgModel>> onCpu, ModelDescription description) {
        this.onCpu = onCpu;
        this.description = description;
    }

    /**
     * What came of a loss.
     *
     * @param model goes on; empty if nothing can be scored any more
     * @param alarm tells the operator what was lost and what is to be done
     */
    record Relief(Optional<EcgModel> model, String alarm) {}

    boolean exists() {
        return onCpu.isPresent();
    }

    /** Starts the model on the CPU in place of one whose device was lost. */
    Relief relieve(EcgModel lost, EngineException cause) {
        String told = lost.engine() + " is lost (" + cause.getMessage() + ")";
        if (onCpu.isEmpty()) {
            return none(told + "; nothing can be scored until this program is started again");
        }
        try {
            EcgModel model = onCpu.get().get();
            if (model.description().sha256().equals(description.sha256())) {
                return new Relief(
                        Optional.of(model),
                        lost.engine() + " is lost, " + model.engine() + " has taken over: " + cause.getMessage());
            }
            model.close();
            return none(told + ", and its checkpoint has been changed since; start this program again");
        } catch (RuntimeException e) {
            LOG.error("the CPU cannot take over", e);
            return none(told + ", and the CPU cannot take over (" + e.getMessage() + "); start this program again");
        }
    }

    private static Relief none(String alarm) {
        return new Relief(Optional.empty(), alarm);
    }

    /** Closes a model whose device was lost, in the background: that may wait for passes in progress. */
    static void free(EcgModel lost) {
        Runnable close = () -> {
            try {
                lost.close();
            } catch (RuntimeException e) {
                LOG.warn("what was on the lost device could not be freed: {}", e.getMessage());
            }
        };
        new Thread(close, "ecgfhir-lost-device").start();
    }
}
