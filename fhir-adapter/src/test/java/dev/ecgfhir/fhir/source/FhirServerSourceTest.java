package dev.ecgfhir.fhir.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.ecgfhir.fhir.server.MemoryStore;
import dev.ecgfhir.fhir.server.TestFhirServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over HTTP, against HAPI's own REST layer. */
class FhirServerSourceTest extends RecordingSourceContract {
    private TestFhirServer server;
    private RecordingSource source;

    @BeforeEach
    void start() {
        server = new TestFhirServer();
        source = new FhirServerSource(
                server.client(), SourceQuery.ecgs().withPageSize(2).withOverlap(OVERLAP));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    MemoryStore store() {
        return server.store();
    }

    @Override
    void clock(Instant now) {
        server.setClock(now);
    }

    @Override
    RecordingSource source() {
        return source;
    }

    @Test
    void loses_no_row_when_pages_come_in_any_order() {
        List<String> written = writeMany(23);
        for (long seed = 1; seed <= 5; seed++) {
            server.behaviour().shuffle(seed);

            assertThat(resources(poll(Cursor.start())))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(written);
            assertThat(source.poll(Cursor.start(), page -> {}))
                    .as("seed %d", seed)
                    .isEqualTo(Cursor.from(NOON));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-5, 5})
    void finds_new_rows_on_a_server_whose_clock_is_five_minutes_off(long minutes) {
        Instant theirs = Instant.now().plus(Duration.ofMinutes(minutes));
        server.setClock(theirs);
        server.store().put(ecg("a", "ECG"));
        Cursor cursor = source.poll(Cursor.start(), page -> {});
        server.setClock(theirs.plusSeconds(30));
        server.store().put(ecg("b", "ECG"));

        assertThat(resources(poll(cursor))).contains("Observation/b");
    }

    @Test
    void does_not_run_ahead_of_the_server_when_one_of_its_nodes_has_a_fast_clock() {
        write("from the fast node", NOON.plus(Duration.ofMinutes(5)));
        Cursor cursor = source.poll(Cursor.start(), page -> {});
        assertThat(cursor).isEqualTo(Cursor.from(NOON));

        write("from-a-right-node", NOON.plusSeconds(1));
        assertThat(resources(poll(cursor))).contains("Observation/from-a-right-node");
    }

    @Test
    void starts_again_when_a_page_link_has_expired() {
        List<String> written = writeMany(9);
        server.expireLinksAfter(2);

        assertThat(resources(poll(Cursor.start()))).containsAll(written).hasSizeGreaterThan(written.size());
    }

    @Test
    void gives_up_for_now_where_page_links_expire_again_and_again() {
        writeMany(9);
        server.behaviour().linksExpire = true;

        SourceException thrown = catchThrowableOfType(SourceException.class, () -> poll(Cursor.start()));
        assertThat(thrown.reason()).isEqualTo(SourceException.Reason.LINKS_EXPIRE);
        assertThat(thrown.retryable()).isTrue();
    }

    @Test
    void says_that_a_server_is_busy_and_how_long_it_asks_to_wait() {
        server.failNext(new TestFhirServer.Fault(503, "7"));

        SourceException thrown = catchThrowableOfType(SourceException.class, () -> poll(Cursor.start()));
        assertThat(thrown).hasMessage("searching " + server.base() + ": HTTP status 503");
        assertThat(thrown.retryable()).isTrue();
        assertThat(thrown.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(thrown.reason()).isEqualTo(SourceException.Reason.UNAVAILABLE);
    }

    @Test
    void measures_a_date_in_retry_after_against_the_servers_own_clock() {
        server.failNext(new TestFhirServer.Fault(429, "Tue, 24 Nov 2026 12:00:20 GMT"));

        SourceException thrown = catchThrowableOfType(SourceException.class, () -> poll(Cursor.start()));
        assertThat(thrown.retryAfter()).contains(Duration.ofSeconds(20));
    }

    @Test
    void does_not_ask_again_what_is_not_allowed() {
        server.failNext(new TestFhirServer.Fault(401, null));

        SourceException thrown = catchThrowableOfType(SourceException.class, () -> poll(Cursor.start()));
        assertThat(thrown.retryable()).isFalse();
        assertThat(thrown.reason()).isEqualTo(SourceException.Reason.NOT_ALLOWED);
    }

    @Test
    void a_server_that_is_gone_can_be_asked_again() {
        server.close();
        try {
            SourceException thrown = catchThrowableOfType(SourceException.class, () -> poll(Cursor.start()));
            assertThat(thrown.retryable()).isTrue();
        } finally {
            server = new TestFhirServer();
        }
    }

    @Test
    void asks_for_id_and_meta_past_all_caches() {
        writeMany(3);
        poll(Cursor.start());

        assertThat(server.requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request).endsWith(" no-cache"));
        assertThat(server.requests().get(0))
                .contains("_elements=id%2Cmeta%2Csubject", "_count=2", "_sort=_lastUpdated");
    }

    @Test
    void finds_ecgs_by_code_and_nothing_else() {
        write("ecg", NOON);
        Observation pulse = ecg("pulse", "heart rate");
        pulse.getCode().getCodingFirstRep().setSystem("http://loinc.org").setCode("8867-4");
        server.store().put(pulse);

        assertThat(resources(poll(Cursor.start()))).containsExactly("Observation/ecg");
    }

    @Test
    void asks_more_simply_where_sorting_is_refused() {
        List<String> written = writeMany(5);
        server.behaviour().refuseSort = true;

        assertThat(resources(poll(Cursor.start()))).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void passes_over_what_a_server_has_to_say_about_the_search() {
        List<String> written = writeMany(5);
        server.behaviour().outcomeInResults = true;

        assertThat(resources(poll(Cursor.start()))).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void reads_the_current_version_where_old_ones_cannot_be_read() {
        server.behaviour().vread = false;
        write("a", NOON, "first");
        Found first = poll(Cursor.start()).get(0);
        assertThat(source.read(first)).isPresent();

        write("a", NOON, "second");
        assertThat(source.read(first))
                .as("replaced by a version that a poll finds as such")
                .isEmpty();
    }

    @Test
    void reads_nothing_of_a_deleted_recording_whose_versions_are_gone() {
        server.behaviour().vread = false;
        write("a", NOON);
        Found found = poll(Cursor.start()).get(0);
        server.store().delete("Observation/a");

        assertThat(source.read(found)).isEmpty();
    }

    @Test
    void does_not_take_an_ecg_for_gone_when_everything_is_answered_404() {
        write("a", NOON);
        Found found = poll(Cursor.start()).get(0);
        IntStream.range(0, 3).forEach(request -> server.failNext(new TestFhirServer.Fault(404, null)));

        SourceException thrown = catchThrowableOfType(SourceException.class, () -> source.read(found));

        assertThat(thrown.reason()).isEqualTo(SourceException.Reason.UNAVAILABLE);
        assertThat(thrown.retryable()).isTrue();
        assertThat(thrown)
                .hasMessageEndingWith(
                        "/fhir: HTTP status 404 to a search; the FHIR server is not there, or its address has changed");
        assertThat(source.read(found)).isPresent();
    }

    @Test
    void a_resource_that_is_broken_speaks_against_itself_and_not_against_its_server() {
        SourceException thrown = failureOf("application/fhir+json", "{\"resourceType\":\"Observation\",\"id\":");

        assertThat(thrown.reason()).isEqualTo(SourceException.Reason.BAD_ANSWER);
        assertThat(thrown.retryable()).isFalse();
        assertThat(thrown).hasMessageEndingWith(": an answer that is no FHIR");
    }

    @Test
    void a_page_of_a_gateway_speaks_against_the_server_whatever_its_status_says() {
        SourceException thrown = failureOf("text/html", "<html>Maintenance until 6 o'clock</html>");

        assertThat(thrown.reason()).isEqualTo(SourceException.Reason.UNAVAILABLE);
        assertThat(thrown.retryable()).isTrue();
        assertThat(thrown).hasMessageEndingWith(": HTTP status 200 with an answer that is no FHIR");
    }

    private static SourceException failureOf(String type, String content) {
        try (TestFhirServer other = new TestFhirServer(
                (request, response, chain) -> {
                    response.setContentType(type);
                    response.getWriter().write(content);
                },
                Optional.empty())) {
            RecordingSource broken = new FhirServerSource(other.client(), SourceQuery.ecgs());
            return catchThrowableOfType(
                    SourceException.class, () -> broken.read(new Found("Observation/a", "1", NOON)));
        }
    }

    @Test
    void does_not_take_an_ecg_for_gone_that_a_search_still_shows() {
        write("a", NOON);
        Found found = poll(Cursor.start()).get(0);
        IntStream.range(0, 2).forEach(request -> server.failNext(new TestFhirServer.Fault(404, null)));

        assertThatThrownBy(() -> source.read(found))
                .isInstanceOf(SourceException.class)
                .hasMessageEndingWith("/fhir: HTTP status 404 to the reading of Observation/a, which its search shows");
    }

    @Test
    void hands_on_what_was_deleted_page_by_page_with_the_version_that_ended_it() {
        List<String> written = writeMany(5);
        server.setClock(NOON.plusSeconds(60));
        written.subList(0, 3).forEach(server.store()::delete);
        List<Found> deleted = new ArrayList<>();

        Cursor next = source.deletions(Cursor.from(NOON), deleted::addAll);

        assertThat(deleted)
                .extracting(Found::resource, Found::version)
                .containsExactlyInAnyOrder(
                        tuple(written.get(0), "2"), tuple(written.get(1), "2"), tuple(written.get(2), "2"));
        assertThat(deleted).allSatisfy(found -> {
            assertThat(source.read(found)).isEmpty();
            assertThat(source.isDeleted(found)).isTrue();
        });
        assertThat(next).isEqualTo(Cursor.from(NOON.plusSeconds(60)));
        server.setClock(NOON.plusSeconds(120));
        assertThat(source.deletions(next, page -> assertThat(page).hasSizeLessThan(4)))
                .isEqualTo(Cursor.from(NOON.plusSeconds(120)));
    }

    @Test
    void does_not_ask_for_a_history_that_the_server_says_nothing_of() {
        server.behaviour().typeHistory = false;
        List<String> written = writeMany(1);
        written.forEach(server.store()::delete);

        assertThat(source.deletions(Cursor.from(NOON), page -> assertThat(page).isEmpty()))
                .isEqualTo(Cursor.from(NOON));
        assertThat(server.requests()).noneMatch(request -> request.contains("_history"));
    }

    @Test
    void takes_the_servers_clock_where_rows_bear_no_stamp() {
        server.behaviour().noMeta = true;
        write("a", NOON);

        Found found = poll(Cursor.start()).get(0);
        assertThat(found).isEqualTo(new Found("Observation/a", "@unknown", NOON));
        assertThat(source.read(found)).isPresent();
    }

    @Test
    void asks_what_it_is_configured_to_ask() {
        write("a", NOON);
        RecordingSource other = new FhirServerSource(
                server.client(), SourceQuery.ecgs().withParameters(Map.of("identifier", List.of("urn:example|none"))));

        assertThat(other.poll(Cursor.start(), page -> assertThat(page).isEmpty()))
                .isEqualTo(Cursor.start());
    }

    @Test
    void does_not_send_credentials_to_another_server() {
        SourceSearch search = new SourceSearch(
                FhirClients.client("https://ecg.example.org/fhir", FhirClients.Limits.defaults()), SourceQuery.ecgs());
        org.hl7.fhir.r4.model.Bundle page = new org.hl7.fhir.r4.model.Bundle();
        page.addLink().setRelation("next").setUrl("https://elsewhere.example.org/fhir?_getpages=1");

        assertThatThrownBy(() -> search.nextLink(page))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("leads to another server and is not followed");

        page.getLinkFirstRep().setUrl("https://ecg.example.org:443/fhir?_getpages=1");
        assertThat(search.nextLink(page)).contains("https://ecg.example.org:443/fhir?_getpages=1");
    }

    private List<String> writeMany(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    write("ecg-" + i, NOON.minusSeconds(i / 3));
                    return "Observation/ecg-" + i;
                })
                .toList();
    }
}
