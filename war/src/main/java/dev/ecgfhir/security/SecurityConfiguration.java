package dev.ecgfhir.security;

import dev.ecgfhir.config.CdsHooksSettings;
import dev.ecgfhir.config.Settings;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * The one filter chain: requests of this machine may do everything, others may ask for health alone.
 *
 * <p>CSRF tokens are off: there is no session and no cookie, and {@link CallerCheck} refuses pages of other origins.
 */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {
    private static final String CONTENT_POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http, Settings settings) throws Exception {
        RemoteRefusal refusal = new RemoteRefusal();
        CdsHooksSettings hooks = settings.cdsHooks();
        Set<String> origins = hooks.enabled() ? hooks.origins() : Set.of();
        return http.addFilterAfter(new LocalCallerFilter(origins), SecurityContextHolderFilter.class)
                .cors(cors -> {
                    if (origins.isEmpty()) {
                        cors.disable();
                    } else {
                        cors.configurationSource(new HookOrigins(origins));
                    }
                })
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                request -> HealthPaths.matches(request.getServletPath()))
                        .permitAll()
                        // by their own secret: see NotificationEndpoint
                        .requestMatchers(request -> request.getServletPath().startsWith("/notifications/"))
                        .permitAll()
                        .anyRequest()
                        .hasRole(LocalCallerFilter.ROLE))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusal).accessDeniedHandler(refusal))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .frameOptions(Customizer.withDefaults()))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(Customizer.withDefaults())
                .build();
    }
}
