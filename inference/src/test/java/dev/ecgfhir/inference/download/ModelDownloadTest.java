package dev.ecgfhir.inference.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ecgfhir.inference.Fixtures;
import dev.ecgfhir.inference.checkpoint.FileHash;
import dev.ecgfhir.inference.download.DownloadException.Reason;
import dev.ecgfhir.inference.download.DownloadedModel.Trust;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real HTTP server that breaks off, lies and changes its mind. */
class ModelDownloadTest {
    private static final ProxySelector DIRECT = ProxySelector.of(null);

    @TempDir
    private Path folder;

    private byte[] single;
    private byte[] twelve;
    private Path file;
    private FileServer server;
    private final List<String> broken = new ArrayList<>();
    private final List<Long> arrived = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        single = Files.readAllBytes(Fixtures.path("model/variants/micro-1-lead.pth"));
        twelve = Files.readAllBytes(Fixtures.path("model/tiny-12-lead.pth"));
        file = folder.resolve("1_lead_ECGFounder.pth");
        server = new FileServer(single);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void fetches_a_file_once_and_records_its_hash() throws Exception {
        DownloadedModel first = fetch(config());
        DownloadedModel second = fetch(config());

        assertThat(file).hasBinaryContent(single);
        assertThat(first.fetched()).isTrue();
        assertThat(first.trust()).isEqualTo(Trust.FIRST_USE);
        assertThat(first.bytes()).isEqualTo(single.length);
        assertThat(first.labels()).isEqualTo(150);
        assertThat(second.fetched()).isFalse();
        assertThat(second.trust()).isEqualTo(Trust.RECORDED);
        assertThat(server.seen()).hasSize(1);
        assertThat(folder.resolve(file.getFileName() + ".sha256"))
                .hasContent(first.sha256() + "  1_lead_ECGFounder.pth\n");
        assertThat(folder).isDirectoryNotContaining("glob:**.part*");
        assertThat(arrived).first().isEqualTo(0L);
        assertThat(arrived).last().isEqualTo((long) single.length);
    }

    @Test
    void goes_on_where_a_connection_broke() throws Exception {
        server.then(server.first(40_000, false)).then(FileServer.status(503));

        fetch(config());

        assertThat(file).hasBinaryContent(single);
        assertThat(broken).hasSize(2);
        assertThat(server.seen()).hasSize(3);
        FileServer.Seen last = server.seen().get(2);
        assertThat(last.range()).contains("bytes=40000-");
        assertThat(last.ifRange()).contains("\"v1\"");
    }

    @Test
    void a_later_call_goes_on_where_an_earlier_one_gave_up() throws Exception {
        server.then(server.first(40_000, false))
                .then(FileServer.status(503))
                .then(FileServer.status(503))
                .then(FileServer.status(503));

        assertThat(refusal(config()))
                .hasMessageContaining("503")
                .hasMessageContaining("40000 bytes are kept")
                .extracting(DownloadException::reason)
                .isEqualTo(Reason.UNREACHABLE);
        assertThat(file).doesNotExist();
        fetch(config());

        assertThat(file).hasBinaryContent(single);
        assertThat(server.seen().get(4).range()).contains("bytes=40000-");
    }

    @Test
    void gives_up_where_nothing_answers() {
        server.close();

        assertThat(refusal(config()).reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(broken).hasSize(2);
    }

    @Test
    void starts_anew_where_the_server_takes_no_notice_of_the_range() throws Exception {
        server.then(server.first(40_000, false)).then(server::ignoringRange);

        fetch(config());

        assertThat(file).hasBinaryContent(single);
    }

    @Test
    void never_joins_two_versions_of_a_file() throws Exception {
        byte[] other = Files.readAllBytes(Fixtures.path("model/variants/micro-1-lead-bare.pth"));
        server.then(server.first(40_000, false)).then(exchange -> {
            server.replace(other, "\"v2\"");
            server.whole(exchange);
        });

        fetch(config());

        assertThat(file).hasBinaryContent(other);
    }

    @Test
    void does_not_go_on_from_a_file_of_another_address_or_without_a_version() throws Exception {
        server.then(server.first(40_000, false));
        refusal(new DownloadConfig(
                server.address(), file, Optional.empty(), DIRECT, Duration.ofSeconds(20), 1, Duration.ZERO));
        URI other = URI.create(server.address() + "?mirror=2");

        fetch(new DownloadConfig(other, file, Optional.empty(), DIRECT, Duration.ofSeconds(20), 1, Duration.ZERO));

        assertThat(server.seen().get(1).range()).isEmpty();
        assertThat(file).hasBinaryContent(single);
    }

    @Test
    void starts_anew_after_a_range_that_was_not_asked_for() throws Exception {
        server.then(server.first(40_000, false))
                .then(FileServer.status(206, "Content-Range", "bytes 39000-39001/" + single.length))
                .then(server.first(50_000, false))
                .then(FileServer.status(206));

        fetch(config());

        assertThat(file).hasBinaryContent(single);
        assertThat(broken).anyMatch(text -> text.contains("another range")).anyMatch(text -> text.contains("which"));
    }

    @Test
    void takes_a_part_that_is_complete_already() throws Exception {
        server.then(server.first(single.length, true));
        refusal(new DownloadConfig(
                server.address(), file, Optional.of("0".repeat(64)), DIRECT, Duration.ofSeconds(20), 1, Duration.ZERO));
        assertThat(file).doesNotExist();
        Files.write(folder.resolve(file.getFileName() + ".part"), single);
        Files.writeString(folder.resolve(file.getFileName() + ".part.origin"), server.address() + "\n\"v1\"\n");

        fetch(config());

        assertThat(file).hasBinaryContent(single);
        assertThat(server.seen().get(1).range()).contains("bytes=" + single.length + "-");
    }

    @Test
    void breaks_off_a_body_that_has_fallen_silent() throws Exception {
        server.then(server.first(40_000, true));

        fetch(new DownloadConfig(
                server.address(), file, Optional.empty(), DIRECT, Duration.ofMillis(500), 3, Duration.ZERO));

        assertThat(file).hasBinaryContent(single);
        assertThat(broken).containsExactly("nothing arrived for 0.5 s");
    }

    @Test
    void refuses_a_file_of_another_hash_and_leaves_nothing() throws Exception {
        DownloadConfig config = config().withSha256("0".repeat(64));

        assertThat(refusal(config))
                .hasMessageStartingWith(server.address() + ": has SHA-256 ")
                .hasMessageContaining("expected " + "0".repeat(64))
                .extracting(DownloadException::reason)
                .isEqualTo(Reason.WRONG_HASH);
        assertThat(folder).isEmptyDirectory();
        String right = FileHash.sha256(Fixtures.path("model/variants/micro-1-lead.pth"));
        assertThat(fetch(config().withSha256(right)).trust()).isEqualTo(Trust.PINNED);
    }

    @Test
    void refuses_what_has_changed_since_the_first_time() throws Exception {
        fetch(config());
        Files.delete(file);
        server.replace(Files.readAllBytes(Fixtures.path("model/variants/micro-1-lead-bare.pth")), "\"v2\"");

        assertThat(refusal(config()))
                .hasMessageContaining("as recorded in " + file + ".sha256")
                .extracting(DownloadException::reason)
                .isEqualTo(Reason.WRONG_HASH);
        assertThat(file).doesNotExist();
    }

    @Test
    void notices_that_the_file_in_place_was_altered() throws Exception {
        fetch(config());
        Files.write(file, Arrays.copyOf(single, single.length - 1));

        assertThat(refusal(config()).reason()).isEqualTo(Reason.WRONG_HASH);
        assertThat(file).exists();
    }

    @Test
    void follows_a_redirect_and_holds_the_file_against_the_hash_that_came_with_it() throws Exception {
        String right = FileHash.sha256(Fixtures.path("model/variants/micro-1-lead.pth"));
        server.then(FileServer.status(302, "Location", "/elsewhere", "X-Linked-Etag", "\"" + "f".repeat(64) + "\""));

        assertThat(refusal(config()))
                .hasMessageContaining("expected " + "f".repeat(64))
                .extracting(DownloadException::reason)
                .isEqualTo(Reason.WRONG_HASH);
        server.then(FileServer.status(302, "Location", "/elsewhere", "X-Linked-Etag", "\"" + right + "\""));
        fetch(config());

        assertThat(file).hasBinaryContent(single);
    }

    @Test
    void refuses_a_page_of_a_proxy_in_place_of_the_file() throws Exception {
        server.replace("<html>Please log in</html>".getBytes(StandardCharsets.UTF_8), "\"page\"");

        assertThat(refusal(config()))
                .hasMessageStartingWith(server.address() + ": what was fetched cannot be used: ")
                .hasMessageContaining("does not begin like a torch checkpoint")
                .extracting(DownloadException::reason)
                .isEqualTo(Reason.NOT_USABLE);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refuses_a_network_for_other_leads() throws Exception {
        server.replace(twelve, "\"twelve\"");

        assertThat(refusal(config()))
                .hasMessageContaining("is a network for 12 leads, expected one for 1")
                .extracting(DownloadException::reason)
                .isEqualTo(Reason.NOT_USABLE);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 451})
    void asks_once_where_the_server_will_not_give_the_file(int status) {
        server.then(FileServer.status(status));

        assertThat(refusal(config()))
                .hasMessageContaining("answered " + status)
                .extracting(DownloadException::reason)
                .isEqualTo(Reason.NOT_GIVEN);
        assertThat(server.seen()).hasSize(1);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void fetches_no_more_than_the_disk_can_take() {
        ModelDownload small = new ModelDownload(directory -> 1000);

        assertThatThrownBy(() -> small.fetch(PublishedModel.SINGLE_LEAD, config(), listener()))
                .isInstanceOf(DownloadException.class)
                .hasMessageContaining(single.length + " bytes are still to come")
                .hasMessageContaining("the disk has 1000 left");
        assertThat(file).doesNotExist();
    }

    @Test
    void fetches_no_more_than_a_checkpoint_can_have() {
        server.then(exchange -> exchange.sendResponseHeaders(200, 5L << 30));

        assertThat(refusal(config()).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void refuses_an_open_way_without_a_hash() {
        DownloadConfig open = DownloadConfig.of(URI.create("http://mirror.example.invalid/model.pth"), file);

        assertThat(refusal(open))
                .hasMessageContaining("give the SHA-256")
                .extracting(DownloadException::reason)
                .isEqualTo(Reason.NOT_PRIVATE);
    }

    @Test
    void goes_through_a_proxy() throws Exception {
        String right = FileHash.sha256(Fixtures.path("model/variants/micro-1-lead.pth"));
        URI address = URI.create("http://mirror.example.invalid/model.pth");

        fetch(DownloadConfig.of(address, file)
                .withSha256(right)
                .withProxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", server.port()))));

        assertThat(file).hasBinaryContent(single);
        assertThat(server.seen().get(0).uri()).isEqualTo(address);
    }

    @Test
    void leaves_a_file_alone_that_another_is_fetching() throws Exception {
        try (PartFile other = PartFile.open(file)) {
            assertThat(refusal(config()).reason()).isEqualTo(Reason.IN_PROGRESS);
            assertThat(other.length()).isZero();
        }
    }

    @Test
    void the_published_addresses_are_those_of_the_authors_repository() {
        assertThat(PublishedModel.REPOSITORY.resolve(PublishedModel.TWELVE_LEAD.fileName()))
                .hasToString("https://huggingface.co/PKUDigitalHealth/ECGFounder/resolve/main/12_lead_ECGFounder.pth");
        assertThat(PublishedModel.named("1-lead")).contains(PublishedModel.SINGLE_LEAD);
        assertThat(PublishedModel.named("2-lead")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/x", "file:///x", "x.pth", "http://user:secret@host/x"})
    void an_address_must_be_of_the_web_and_hold_no_login(String address) {
        assertThatThrownBy(() -> DownloadConfig.of(URI.create(address), file))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("secret");
    }

    private DownloadConfig config() {
        return new DownloadConfig(
                server.address(), file, Optional.empty(), DIRECT, Duration.ofSeconds(20), 3, Duration.ZERO);
    }

    private DownloadedModel fetch(DownloadConfig config) throws Exception {
        return new ModelDownload().fetch(PublishedModel.SINGLE_LEAD, config, listener());
    }

    private DownloadException refusal(DownloadConfig config) {
        return catchThrowableOfType(DownloadException.class, () -> fetch(config));
    }

    private DownloadListener listener() {
        return new DownloadListener() {
            @Override
            public void arrived(long bytes, long total) {
                arrived.add(bytes);
            }

            @Override
            public void broken(String problem) {
                broken.add(problem);
            }
        };
    }
}
