package dev.ecgfhir.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives requests of this machine the role {@value #ROLE}; notes on others why they have none. */
final class LocalCallerFilter extends OncePerRequestFilter {
    static final String ROLE = "LOCAL";
    private static final String REASON = LocalCallerFilter.class.getName() + ".reason";

    private final Set<String> hookOrigins;

    /**
     * Makes the filter.
     *
     * @param hookOrigins pages of which other origins may call the CDS Hooks service
     */
    LocalCallerFilter(Set<String> hookOrigins) {
        this.hookOrigins = Set.copyOf(hookOrigins);
    }

    /** Returns why a request was not given the role. */
    static String reason(HttpServletRequest request) {
        return request.getAttribute(REASON) instanceof String reason ? reason : "it is not allowed";
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> refusal = CallerCheck.refusal(request, HookOrigins.isHook(request) ? hookOrigins : Set.of());
        if (refusal.isPresent()) {
            request.setAttribute(REASON, refusal.get());
        } else {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                    "this machine", "", List.of(new SimpleGrantedAuthority("ROLE_" + ROLE))));
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }

    /** Error pages are made in a second dispatch of the same request, which must know its caller too. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
