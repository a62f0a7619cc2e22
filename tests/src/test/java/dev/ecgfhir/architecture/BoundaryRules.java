package dev.ecgfhir.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The boundaries of modules and packages, each with its reason. */
final class BoundaryRules {
    private static final String[] INFERENCE = {"dev.ecgfhir.inference.."};
    private static final String[] TERMINOLOGY = {"dev.ecgfhir.terminology.."};
    private static final String[] FHIR_ADAPTER = {"dev.ecgfhir.fhir.."};
    private static final String[] CAMEL_ROUTES = {
        "dev.ecgfhir.pipeline..", "dev.ecgfhir.component..", "dev.ecgfhir.ledger..", "dev.ecgfhir.routes.."
    };
    private static final String[] WAR = {
        "dev.ecgfhir.wiring..",
        "dev.ecgfhir.config..",
        "dev.ecgfhir.api..",
        "dev.ecgfhir.repository..",
        "dev.ecgfhir.web..",
        "dev.ecgfhir.security..",
        "dev.ecgfhir.cli..",
        "dev.ecgfhir.launcher.."
    };
    private static final String[] HAPI = {"org.hl7.fhir..", "ca.uhn.."};
    private static final String CAMEL = "org.apache.camel..";
    private static final String DJL = "ai.djl..";
    private static final String SPRING = "org.springframework..";
    private static final String SERVLET = "jakarta.servlet..";
    private static final String[] JDK_ONLY = {
        "java..", "javax..", "jdk.incubator.vector..", "org.jspecify.annotations.."
    };

    private BoundaryRules() {}

    static final ArchRule INFERENCE_RUNS_WITHOUT_A_SERVER_OR_A_ROUTE = noClasses()
            .that()
            .resideInAnyPackage(INFERENCE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(with(HAPI, CAMEL, SPRING, SERVLET))
            .because("the network must run, and be tested, without a server or a route");

    static final ArchRule TERMINOLOGY_KNOWS_NO_ENGINE_AND_NO_ROUTE = noClasses()
            .that()
            .resideInAnyPackage(TERMINOLOGY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DJL, CAMEL, SPRING, SERVLET)
            .because("what a label means does not depend on what computes it");

    static final ArchRule FHIR_ADAPTER_KNOWS_NO_ENGINE_AND_NO_ROUTE = noClasses()
            .that()
            .resideInAnyPackage(FHIR_ADAPTER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DJL, CAMEL, SPRING, SERVLET)
            .because("reading and writing FHIR must be usable by itself");

    static final ArchRule INFERENCE_DOES_NOT_KNOW_ITS_SIBLINGS = noClasses()
            .that()
            .resideInAnyPackage(INFERENCE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(all(TERMINOLOGY, FHIR_ADAPTER, CAMEL_ROUTES, WAR))
            .because("dependencies point one way and the three libraries share no types");

    static final ArchRule TERMINOLOGY_DOES_NOT_KNOW_ITS_SIBLINGS = noClasses()
            .that()
            .resideInAnyPackage(TERMINOLOGY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(all(INFERENCE, FHIR_ADAPTER, CAMEL_ROUTES, WAR))
            .because("dependencies point one way and the three libraries share no types");

    static final ArchRule FHIR_ADAPTER_DOES_NOT_KNOW_ITS_SIBLINGS = noClasses()
            .that()
            .resideInAnyPackage(FHIR_ADAPTER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(all(INFERENCE, TERMINOLOGY, CAMEL_ROUTES, WAR))
            .because("dependencies point one way and the three libraries share no types");

    static final ArchRule CAMEL_ROUTES_DO_NOT_KNOW_THE_WAR = noClasses()
            .that()
            .resideInAnyPackage(CAMEL_ROUTES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(all(WAR))
            .because("the routes must run in anybody's Camel context");

    static final ArchRule ONLY_THE_WAR_KNOWS_SPRING = noClasses()
            .that()
            .resideInAnyPackage(all(INFERENCE, TERMINOLOGY, FHIR_ADAPTER, CAMEL_ROUTES))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SPRING)
            .because("a library must not bring a container along");

    static final ArchRule THE_PIPELINE_AND_THE_LEDGER_ARE_PLAIN_JAVA = noClasses()
            .that()
            .resideInAnyPackage("dev.ecgfhir.pipeline..", "dev.ecgfhir.ledger..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(with(HAPI, CAMEL, SERVLET))
            .because("what is done to a recording is tested without Camel, and the ledger knows only text");

    static final ArchRule HAPI_STAYS_WHERE_FHIR_IS_SPOKEN = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.ecgfhir.config..", "dev.ecgfhir.web..", "dev.ecgfhir.security..", "dev.ecgfhir.launcher..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HAPI)
            .because("FHIR's types end at the adapter, the routes and the API");

    static final ArchRule DJL_STAYS_IN_ITS_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackages("dev.ecgfhir.inference.djl..", "dev.ecgfhir.inference.training..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DJL)
            .because("the engine can be exchanged");

    static final ArchRule EXCHANGES_STAY_IN_ROUTES = noClasses()
            .that()
            .resideOutsideOfPackages("dev.ecgfhir.component..", "dev.ecgfhir.routes..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.apache.camel.Exchange")
            .because("routes say when and where, classes of ours say what");

    static final ArchRule SIGNAL_AND_CHECKPOINT_KNOW_ONLY_THE_JDK = classes()
            .that()
            .resideInAnyPackage(
                    "dev.ecgfhir.inference.signal..",
                    "dev.ecgfhir.inference.checkpoint..",
                    "dev.ecgfhir.inference.download..",
                    "dev.ecgfhir.inference.npy..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(JDK_ONLY, "dev.ecgfhir.inference.."))
            .because("arithmetic and the reader of hostile files must be reviewable by themselves");

    static final ArchRule THE_LAUNCHER_KNOWS_ONLY_THE_JDK = classes()
            .that()
            .resideInAPackage("dev.ecgfhir.launcher..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(JDK_ONLY, "dev.ecgfhir.launcher.."))
            .because("it runs before there is a class path");

    static final ArchRule NO_CLASS_IS_NAMED_FOR_WHAT_IT_IS_NOT = noClasses()
            .that()
            .areTopLevelClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Utils?|Impl)$")
            .because("such a name says nothing of the one job");

    static final ArchRule PACKAGES_HAVE_NO_CYCLES = slices().matching("dev.ecgfhir.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a newcomer reads in one direction; inside inference the facade and its engines know each other");

    static final ArchRule FHIR_PACKAGES_HAVE_NO_CYCLES = slices().matching("dev.ecgfhir.fhir.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a recording knows neither its source nor its report");

    /** Returns every rule, so that a test can run them all and another can see each one fail. */
    static List<ArchRule> everyRule() {
        return List.of(
                INFERENCE_RUNS_WITHOUT_A_SERVER_OR_A_ROUTE,
                TERMINOLOGY_KNOWS_NO_ENGINE_AND_NO_ROUTE,
                FHIR_ADAPTER_KNOWS_NO_ENGINE_AND_NO_ROUTE,
                INFERENCE_DOES_NOT_KNOW_ITS_SIBLINGS,
                TERMINOLOGY_DOES_NOT_KNOW_ITS_SIBLINGS,
                FHIR_ADAPTER_DOES_NOT_KNOW_ITS_SIBLINGS,
                CAMEL_ROUTES_DO_NOT_KNOW_THE_WAR,
                ONLY_THE_WAR_KNOWS_SPRING,
                THE_PIPELINE_AND_THE_LEDGER_ARE_PLAIN_JAVA,
                HAPI_STAYS_WHERE_FHIR_IS_SPOKEN,
                DJL_STAYS_IN_ITS_PACKAGE,
                EXCHANGES_STAY_IN_ROUTES,
                SIGNAL_AND_CHECKPOINT_KNOW_ONLY_THE_JDK,
                THE_LAUNCHER_KNOWS_ONLY_THE_JDK,
                NO_CLASS_IS_NAMED_FOR_WHAT_IT_IS_NOT,
                PACKAGES_HAVE_NO_CYCLES,
                FHIR_PACKAGES_HAVE_NO_CYCLES);
    }

    private static String[] with(String[] some, String... more) {
        return all(some, more);
    }

    private static String[] all(String[]... groups) {
        return java.util.Arrays.stream(groups).flatMap(java.util.Arrays::stream).toArray(String[]::new);
    }
}
