package dev.ecgfhir.component;

import dev.ecgfhir.pipeline.Interpreter;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import org.jspecify.annotations.Nullable;

/** Options of the component and of its endpoints, as Camel's tooling reads them. Not safe to share between threads while it is being set. */
@UriParams
@Configurer
public class EcgFounderConfiguration implements Cloneable {
    @UriPath(description = "What the endpoint does: interpret a recording, or give the network's features of it.")
    @Metadata(required = true)
    private EcgFounderOperation operation = EcgFounderOperation.interpret;

    @UriParam(
            label = "advanced",
            description = "A bean that interprets, in place of the models named here; it stays its owner's to close.")
    private @Nullable Interpreter interpreter;

    @UriParam(description = "File with the weights of the 12-lead network, as published (.pth).")
    private @Nullable String twelveLeadModel;

    @UriParam(description = "File with the weights of the single-lead network, which reads lead I.")
    private @Nullable String singleLeadModel;

    @UriParam(
            description =
                    "Use the bundled demonstration weights. They are not ECGFounder, not validated, and not for clinical use; every result says so.")
    private boolean demonstration;

    @UriParam(
            defaultValue = "auto",
            enums = "auto,pytorch,vector",
            description = "What runs the network: auto, pytorch or vector (pure Java).")
    private String engine = "auto";

    @UriParam(
            defaultValue = "auto",
            description =
                    "Where it runs: auto, cpu or gpu:N. A device that is asked for and not there stops the start; only auto falls back.")
    private String device = "auto";

    @UriParam(defaultValue = "1", description = "Threads of one forward pass on a CPU, 1 to 256.")
    private int threads = 1;

    @UriParam(
            defaultValue = "float32",
            enums = "float32,bfloat16-weights,float16-weights,int8-weights,bfloat16",
            description =
                    "Number format of the networks. All but float32 change scores. An engine or device that does not have it stops the start.")
    private String precision = "float32";

    @UriParam(
            defaultValue = "50",
            enums = "50,60",
            description = "Mains frequency that is filtered out, in hertz: 50 or 60.")
    private int mains = 50;

    @UriParam(
            defaultValue = "interpretation",
            description =
                    "Of interpret alone: what the body of an interpreted recording becomes: the interpretation as an object, the transaction Bundle that writes the report, or the DiagnosticReport alone.")
    private EcgFounderOutput output = EcgFounderOutput.interpretation;

    @UriParam(
            defaultValue = "outcome",
            description =
                    "What happens with a recording that cannot be interpreted: the body becomes an OperationOutcome, or a RefusedRecordingException is thrown.")
    private EcgFounderRefusal onRefusal = EcgFounderRefusal.outcome;

    @UriParam(
            enums = "V,mV,uV,nV",
            description = "Unit of samples that name none: V, mV, uV or nV. Without it such a recording is refused.")
    private @Nullable String defaultUnit;

    @UriParam(
            description =
                    "Base address of the FHIR server that the recordings come from; part of every report's identity.")
    private @Nullable String source;

    @UriParam(description = "Base address of the FHIR server that the reports go to, if it is another than the source.")
    private @Nullable String target;

    /** Returns what the endpoint does. */
    public EcgFounderOperation getOperation() {
        return operation;
    }

    /** Sets what the endpoint does. */
    public void setOperation(EcgFounderOperation operation) {
        this.operation = operation;
    }

    /** Returns the option {@code interpreter}. */
    public @Nullable Interpreter getInterpreter() {
        return interpreter;
    }

    /** A bean that interprets, in place of the models named here; it stays its owner's to close. */
    public void setInterpreter(@Nullable Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    /** Returns the option {@code twelveLeadModel}. */
    public @Nullable String getTwelveLeadModel() {
        return twelveLeadModel;
    }

    /** File with the weights of the 12-lead network, as published (.pth). */
    public void setTwelveLeadModel(@Nullable String twelveLeadModel) {
        this.twelveLeadModel = twelveLeadModel;
    }

    /** Returns the option {@code singleLeadModel}. */
    public @Nullable String getSingleLeadModel() {
        return singleLeadModel;
    }

    /** File with the weights of the single-lead network, which reads lead I. */
    public void setSingleLeadModel(@Nullable String singleLeadModel) {
        this.singleLeadModel = singleLeadModel;
    }

    /** Returns the option {@code demonstration}. */
    public boolean isDemonstration() {
        return demonstration;
    }

    /** Use the bundled demonstration weights. They are not ECGFounder, not validated, and not for clinical use; every result says so. */
    public void setDemonstration(boolean demonstration) {
        this.demonstration = demonstration;
    }

    /** Returns the option {@code engine}. */
    public String getEngine() {
        return engine;
    }

    /** What runs the network: auto, pytorch or vector (pure Java). */
    public void setEngine(String engine) {
        this.engine = engine;
    }

    /** Returns the option {@code device}. */
    public String getDevice() {
        return device;
    }

    /** Where it runs: auto, cpu or gpu:N. A device that is asked for and not there stops the start; only auto falls back. */
    public void setDevice(String device) {
        this.device = device;
    }

    /** Returns the option {@code threads}. */
    public int getThreads() {
        return threads;
    }

    /** Threads of one forward pass on a CPU, 1 to 256. */
    public void setThreads(int threads) {
        this.threads = threads;
    }

    /** Returns the option {@code precision}. */
    public String getPrecision() {
        return precision;
    }

    /** Number format of the networks. All but float32 change scores. An engine or device that does not have it stops the start. */
    public void setPrecision(String precision) {
        this.precision = precision;
    }

    /** Returns the option {@code mains}. */
    public int getMains() {
        return mains;
    }

    /** Mains frequency that is filtered out, in hertz: 50 or 60. */
    public void setMains(int mains) {
        this.mains = mains;
    }

    /** Returns the option {@code output}. */
    public EcgFounderOutput getOutput() {
        return output;
    }

    /** What the body of an interpreted recording becomes: the interpretation as an object, the transaction Bundle that writes the report, or the DiagnosticReport alone. */
    public void setOutput(EcgFounderOutput output) {
        this.output = output;
    }

    /** Returns the option {@code onRefusal}. */
    public EcgFounderRefusal getOnRefusal() {
        return onRefusal;
    }

    /** What happens with a recording that cannot be interpreted: the body becomes an OperationOutcome, or a RefusedRecordingException is thrown. */
    public void setOnRefusal(EcgFounderRefusal onRefusal) {
        this.onRefusal = onRefusal;
    }

    /** Returns the option {@code defaultUnit}. */
    public @Nullable String getDefaultUnit() {
        return defaultUnit;
    }

    /** Unit of samples that name none: V, mV, uV or nV. Without it such a recording is refused. */
    public void setDefaultUnit(@Nullable String defaultUnit) {
        this.defaultUnit = defaultUnit;
    }

    /** Returns the option {@code source}. */
    public @Nullable String getSource() {
        return source;
    }

    /** Base address of the FHIR server that the recordings come from; part of every report's identity. */
    public void setSource(@Nullable String source) {
        this.source = source;
    }

    /** Returns the option {@code target}. */
    public @Nullable String getTarget() {
        return target;
    }

    /** Base address of the FHIR server that the reports go to, if it is another than the source. */
    public void setTarget(@Nullable String target) {
        this.target = target;
    }

    /** Returns a copy, so that an endpoint's own options do not reach back to the component's. */
    public EcgFounderConfiguration copy() {
        try {
            return (EcgFounderConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }
}
