package dev.ecgfhir.fhir.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import dev.ecgfhir.fhir.source.SubscriptionOrder.Form;
import dev.ecgfhir.fhir.source.SubscriptionOrder.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Subscription;
import org.junit.jupiter.api.Test;

class SubscriptionOrderTest {
    private static SubscriptionOrder order(Form form, Payload payload) {
        return new SubscriptionOrder(
                form,
                "https://ecg.example/notifications/ward",
                "s3cret",
                Map.of("code", List.of("http://loinc.org|11524-6,urn:x|a b&c")),
                form == Form.BACKPORT ? Optional.of("https://hospital.example/topics/ecg") : Optional.empty(),
                payload,
                Duration.ofMinutes(1),
                Instant.parse("2026-11-29T06:00:00Z"));
    }

    private static String json(Subscription subscription) {
        return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(subscription);
    }

    @Test
    void a_rest_hook_names_the_search() {
        Subscription subscription = order(Form.REST_HOOK, Payload.EMPTY).resource(true);

        assertThat(subscription.getCriteria()).isEqualTo("Observation?code=http://loinc.org|11524-6,urn:x|a+b%26c");
        assertThat(subscription.getChannel().hasPayload()).isFalse();
        assertThat(subscription.getChannel().getHeader().get(0).getValue()).isEqualTo("Authorization: Bearer s3cret");
    }

    @Test
    void a_backport_names_topic_filter_content_and_heartbeat() {
        String json = json(order(Form.BACKPORT, Payload.ID_ONLY).resource(true));

        assertThat(json)
                .contains(
                        "\"criteria\":\"https://hospital.example/topics/ecg\"",
                        "backport-subscription\"",
                        "backport-payload-content\",\"valueCode\":\"id-only\"",
                        "backport-heartbeat-period\",\"valueUnsignedInt\":60",
                        "backport-filter-criteria\",\"valueString\":\"Observation?code=");
        assertThat(json(order(Form.BACKPORT, Payload.ID_ONLY).resource(false))).doesNotContain("filter-criteria");
    }

    @Test
    void a_rest_hook_with_ids_alone_does_not_exist() {
        assertThatThrownBy(() -> order(Form.REST_HOOK, Payload.ID_ONLY))
                .hasMessage("a subscription of R4 has no payload of ids alone");
    }

    @Test
    void the_secret_is_not_shown_and_does_not_make_another_order() {
        SubscriptionOrder order = order(Form.BACKPORT, Payload.EMPTY);

        assertThat(order.toString()).doesNotContain("s3cret");
        assertThat(order.fingerprint()).doesNotContain("s3cret");
    }
}
