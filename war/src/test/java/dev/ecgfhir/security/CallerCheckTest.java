package dev.ecgfhir.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class CallerCheckTest {
    private final MockHttpServletRequest request = local();

    private static MockHttpServletRequest local() {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/fhir/metadata");
        request.setRemoteAddr("127.0.0.1");
        request.addHeader("Host", "localhost:8080");
        return request;
    }

    @Test
    void lets_a_program_of_this_machine_in() {
        assertThat(CallerCheck.refusal(request)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.1", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"})
    void knows_each_form_of_a_loopback_address(String address) {
        request.setRemoteAddr(address);

        assertThat(CallerCheck.refusal(request)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "172.17.0.1", "fe80::1", "::", "0.0.0.0", "localhost", "", "::ffff:10.0.0.7"})
    void refuses_another_machine(String address) {
        request.setRemoteAddr(address);

        assertThat(CallerCheck.refusal(request)).contains("it came from another machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "x-forwarded-host", "Forwarded", "X-Real-IP", "Via"})
    void refuses_what_a_proxy_forwarded(String header) {
        request.addHeader(header, "127.0.0.1");

        assertThat(CallerCheck.refusal(request))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("it was forwarded"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:80", "127.0.0.1:8080", "[::1]:8080", "[::1]"})
    void takes_every_local_host_header(String host) {
        request.removeHeader("Host");
        request.addHeader("Host", host);

        assertThat(CallerCheck.refusal(request)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example:8080",
                "localhost:8080@evil.example",
                "192.168.1.5:8080",
                "localhost:",
                ""
            })
    void refuses_a_name_that_was_rebound_to_this_machine(String host) {
        request.removeHeader("Host");
        request.addHeader("Host", host);

        assertThat(CallerCheck.refusal(request)).contains("its Host header is not localhost, 127.0.0.1 or [::1]");
    }

    @Test
    void refuses_a_request_without_host_header() {
        request.removeHeader("Host");

        assertThat(CallerCheck.refusal(request)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost:9999", "https://localhost:8080", "::"})
    void refuses_a_page_of_another_origin(String origin) {
        request.addHeader("Origin", origin);

        assertThat(CallerCheck.refusal(request)).contains("a page of another origin made it");
    }

    @Test
    void lets_a_page_of_its_own_in() {
        request.addHeader("Origin", "http://localhost:8080");
        request.addHeader("Sec-Fetch-Site", "same-origin");

        assertThat(CallerCheck.refusal(request)).isEmpty();
    }

    @Test
    void refuses_what_a_page_of_another_site_loads_and_lets_a_followed_link_in() {
        request.addHeader("Sec-Fetch-Site", "cross-site");
        assertThat(CallerCheck.refusal(request)).contains("a page of another site made it");

        request.addHeader("Sec-Fetch-Mode", "navigate");
        assertThat(CallerCheck.refusal(request)).isEmpty();
    }
}
