package dev.ecgfhir.wiring;

import dev.ecgfhir.api.Deployment;
import dev.ecgfhir.api.EcgReports;
import dev.ecgfhir.api.EcgReports.Unavailable;
import dev.ecgfhir.api.EcgStore;
import dev.ecgfhir.api.InterpretJobs;
import dev.ecgfhir.api.InterpretOperation;
import dev.ecgfhir.api.InterpretStatusOperation;
import dev.ecgfhir.api.PipelineReports;
import dev.ecgfhir.config.Product;
import dev.ecgfhir.config.Settings;
import dev.ecgfhir.fhir.recording.ObservationReader;
import dev.ecgfhir.fhir.report.ReportOptions;
import dev.ecgfhir.fhir.report.ReportWriter;
import dev.ecgfhir.inference.EngineException;
import dev.ecgfhir.inference.signal.MainsFrequency;
import dev.ecgfhir.inference.signal.Preprocessing;
import dev.ecgfhir.pipeline.EcgInterpreter;
import dev.ecgfhir.pipeline.Interpreter;
import dev.ecgfhir.terminology.ConceptScope;
import dev.ecgfhir.terminology.Contradictions;
import dev.ecgfhir.terminology.LabelMap;
import dev.ecgfhir.terminology.SiteOverlay;
import dev.ecgfhir.terminology.Terminology;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** From an ECG to its report: the parts that {@code $interpret} and the routes share. */
@Configuration(proxyBeanMethods = false)
class InterpretConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    OwnAddress ownAddress(Settings settings, Environment environment) {
        return new OwnAddress(settings, environment);
    }

    @Bean
    ReportOptions reportOptions(Settings settings) {
        return settings.report();
    }

    @Bean
    ConceptScope conceptScope(Settings settings) {
        return settings.globalPatientSetOnly() ? ConceptScope.GLOBAL_PATIENT_SET : ConceptScope.ALL;
    }

    @Bean
    LabelMap labelMap(ConceptScope scope, SiteOverlay overlay) {
        return overlay.over(Terminology.labelMap(scope));
    }

    @Bean
    Interpreter interpreter(Models models, Settings settings) {
        if (models.problem().isPresent()) {
            Models.Problem problem = models.problem().get();
            return recording -> {
                throw new EngineException(problem.reason(), problem.detail());
            };
        }
        return new EcgInterpreter(
                models.roster(),
                new Preprocessing(MainsFrequency.ofHertz(settings.mainsHertz())),
                Contradictions.bundled());
    }

    @Bean
    EcgReports ecgReports(
            Models models,
            Settings settings,
            Interpreter interpreter,
            LabelMap labels,
            ReportWriter writer,
            Clock clock) {
        if (models.problem().isPresent()) {
            Models.Problem problem = models.problem().get();
            return (ecg, source, model, language) ->
                    new Unavailable(problem.reason().name(), problem.detail());
        }
        return new PipelineReports(
                new ObservationReader(settings.interpret()),
                new ObservationReader(settings.interpretStored()),
                interpreter,
                labels,
                writer,
                Product.version(),
                clock);
    }

    @Bean
    InterpretJobs interpretJobs(Settings settings, Clock clock) {
        return new InterpretJobs(settings.dataDirectory().resolve("interpret-jobs"), clock);
    }

    @Bean
    InterpretOperation interpretOperation(
            EcgReports reports, ObjectProvider<EcgStore> store, OwnAddress own, InterpretJobs jobs) {
        return new InterpretOperation(reports, Optional.ofNullable(store.getIfAvailable()), own, jobs);
    }

    @Bean
    InterpretStatusOperation interpretStatusOperation(InterpretJobs jobs) {
        return new InterpretStatusOperation(jobs);
    }

    @Bean
    Deployment deployment(Models models, Settings settings) {
        return new Deployment(Product.version(), settings.baseUrl().map(URI::toString), models::description);
    }
}
