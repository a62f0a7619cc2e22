package dev.ecgfhir.routes;

import dev.ecgfhir.ledger.Claim;
import dev.ecgfhir.pipeline.Interpreter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/** Makes the routes by which the ECGs of a source are interpreted, whether the ledger or a broker hands them out. */
final class InterpretRoutes {
    private static final String INTERPRETER_BEAN = "ecgfounder-routes-interpreter";

    private final RoutesConfig config;
    private final RouteParts parts;
    private final Wake wake;
    private final Map<String, SourceLane> sources;
    private final Withdrawals withdrawals;
    private final Joining joining;

    InterpretRoutes(
            RoutesConfig config,
            RouteParts parts,
            Wake wake,
            Map<String, SourceLane> sources,
            Withdrawals withdrawals) {
        this.config = config;
        this.parts = parts;
        this.wake = wake;
        this.sources = sources;
        this.withdrawals = withdrawals;
        this.joining = new Joining(parts.ledger(), config.retries(), parts.clock(), wake::discovered);
    }

    /** Gives a context the interpreter that all of these routes share. */
    void bindInterpreter(CamelContext context) {
        context.getRegistry()
                .bind(
                        INTERPRETER_BEAN,
                        Interpreter.class,
                        new BoundedInterpreter(
                                parts.interpreter(), config.work().interpretWorkers()));
    }

    /** Makes the route that claims the ECGs of a source from the ledger. */
    InterpretRoute fromLedger(SourceLane lane) {
        String queue = wake.interpreters(lane.source().base());
        return interpretRoute(lane, queue, true, exchange -> toInterpret(lane), () -> wake.wake(queue));
    }

    /** Adds the routes that publish the ECGs of a source and take them back from a broker. */
    void addKafka(CamelContext context, SourceLane lane, Broker carrier) throws Exception {
        String queue = "direct:ecgfounder-interpret-" + lane.config().name();
        TakeMessage messages = new TakeMessage(lane, parts.ledger(), config.work());
        context.addRoutes(interpretRoute(lane, queue, false, messages::claims, () -> {}));
        carrier.ask(() -> carrier.topics().make(lane.config().name()));
        context.addRoutes(new KafkaRoute(
                lane,
                carrier,
                config.work(),
                wake.publisher(lane.source().base()),
                new Publish(lane, carrier, parts.ledger(), config.work()),
                queue));
    }

    private InterpretRoute interpretRoute(
            SourceLane lane,
            String queue,
            boolean swept,
            Function<Exchange, List<Claim>> claims,
            Runnable wakeColleague) {
        return new InterpretRoute(
                lane.config().name(),
                queue,
                swept,
                config.work(),
                "ecgfounder:interpret?interpreter=#bean:" + INTERPRETER_BEAN,
                new ClaimNext(claims, wakeColleague, parts.ledger(), config.retries(), parts.clock()),
                new ReadRecording(sources, parts.ledger(), withdrawals, joining),
                new StoreResult(sources, parts),
                new FailedInterpretation(sources, parts.ledger(), config.retries(), parts.clock(), !swept));
    }

    private List<Claim> toInterpret(SourceLane lane) {
        return lane.pause().mayCall()
                ? parts.ledger()
                        .claimDiscovered(
                                List.of(lane.source().base()), 1, config.work().lease())
                : List.of();
    }
}
