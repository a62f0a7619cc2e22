package dev.ecgfhir.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ecgfhir.inference.download.DownloadConfig;
import dev.ecgfhir.inference.download.DownloadException;
import dev.ecgfhir.inference.download.DownloadListener;
import dev.ecgfhir.inference.download.DownloadedModel;
import dev.ecgfhir.inference.download.ModelDownload;
import dev.ecgfhir.inference.download.PublishedModel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fetches a published checkpoint. */
@Command(
        name = "download",
        mixinStandardHelpOptions = true,
        description = {
            "Fetches a checkpoint from where the authors of ECGFounder publish it, or from a mirror.",
            "A transfer that broke off goes on where it ended. The file's hash is recorded the first time and held against later."
        })
final class ModelDownloadCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "MODEL", description = "12-lead or 1-lead.")
    private String model = "";

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            defaultValue = "ecgfhir-data/models",
            description = "Where the file is to be (default: ${DEFAULT-VALUE}); made if it is not there.")
    private Path directory = Path.of("");

    @Option(
            names = "--mirror",
            paramLabel = "URL",
            description = "Address that has the file under its own name, in place of the authors' repository.")
    private @Nullable URI mirror;

    @Option(names = "--url", paramLabel = "URL", description = "Address of the file itself.")
    private @Nullable URI url;

    @Option(names = "--sha256", paramLabel = "HASH", description = "The hash that the file must have.")
    private @Nullable String sha256;

    @Option(
            names = "--proxy",
            paramLabel = "HOST:PORT",
            description =
                    "HTTP proxy, or none. Default: the environment variable HTTPS_PROXY or HTTP_PROXY by the address,"
                            + " then Java's properties https.proxyHost and http.proxyHost.")
    private @Nullable String proxy;

    @Option(names = "--json", description = "One line of JSON; no progress.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    ModelDownloadCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PublishedModel published = PublishedModel.named(model)
                .orElseThrow(() -> wrongUsage("MODEL must be 12-lead or 1-lead, was '" + model + "'"));
        DownloadConfig config = config(published);
        console.message(PublishedModel.LICENCE);
        Files.createDirectories(directory);
        DownloadListener progress = json ? new SilentTransfer() : new TransferProgress(console, Console.onTerminal());
        try {
            DownloadedModel done = new ModelDownload().fetch(published, config, progress);
            if (json) {
                console.json(node(published, config, done));
            } else {
                print(published, done);
            }
            return ExitCode.DONE;
        } catch (DownloadException e) {
            console.message("ecgfhir: " + e.reason() + ": " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private DownloadConfig config(PublishedModel published) {
        if (url != null && mirror != null) {
            throw wrongUsage("give --mirror or --url, not both");
        }
        URI address = url != null ? url : base().resolve(published.fileName());
        try {
            DownloadConfig config = DownloadConfig.of(address, directory.resolve(published.fileName()));
            config = config.withProxy(Proxies.of(Optional.ofNullable(proxy), System.getenv(), address));
            return sha256 == null ? config : config.withSha256(sha256.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw wrongUsage(String.valueOf(e.getMessage()));
        }
    }

    private URI base() {
        if (mirror == null) {
            return PublishedModel.REPOSITORY;
        }
        return mirror.toString().endsWith("/") ? mirror : URI.create(mirror + "/");
    }

    private static ObjectNode node(PublishedModel published, DownloadConfig config, DownloadedModel done) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("model", published.display());
        node.put("file", done.file().toString());
        node.put("url", config.address().toString());
        node.put("bytes", done.bytes());
        node.put("sha256", done.sha256());
        node.put("trust", done.trust().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        node.put("fetched", done.fetched());
        node.put("labels", done.labels());
        node.put("usedWeights", done.weights());
        return node;
    }

    private void print(PublishedModel published, DownloadedModel done) {
        console.line(done.file() + (done.fetched() ? " was fetched" : " was there already") + " and read whole");
        console.line(String.format(
                Locale.ROOT,
                "  %s, %,d weights, %d labels, %,d bytes",
                published.display(),
                done.weights(),
                done.labels(),
                done.bytes()));
        console.line("  SHA-256 " + done.sha256() + " "
                + switch (done.trust()) {
                    case PINNED -> "(as asked for)";
                    case RECORDED -> "(as recorded when it was fetched first)";
                    case FIRST_USE -> "(recorded now; a later change will be refused)";
                });
        console.line("  to use it: --model " + done.file() + ", or the server's setting ecgfhir.model."
                + (published == PublishedModel.TWELVE_LEAD ? "twelve-lead" : "single-lead"));
    }

    private ParameterException wrongUsage(String problem) {
        if (spec == null) {
            throw new IllegalArgumentException(problem);
        }
        return new ParameterException(spec.commandLine(), problem);
    }

    /** With --json nothing but the result and mistakes is told. */
    private static final class SilentTransfer implements DownloadListener {
        @Override
        public void arrived(long bytes, long total) {}

        @Override
        public void broken(String problem) {}
    }
}
