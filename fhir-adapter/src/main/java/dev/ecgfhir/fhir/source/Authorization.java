package dev.ecgfhir.fhir.source;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What stands in the Authorization header of requests to one server. Implementations are safe to share between threads. */
interface Authorization {
    /**
     * Returns the header's value.
     *
     * @throws AccessException if there is none
     */
    String header() throws AccessException;

    /**
     * Notes that the server answered 401 to a value.
     *
     * @return true if another value can be had, so that the request is worth a second try
     */
    boolean refused(String header);

    /** Returns HTTP Basic (RFC 7617) with UTF-8. */
    static Authorization basic(Credentials.Basic basic) {
        String pair = basic.user() + ":" + basic.password();
        String header = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return new Authorization() {
            @Override
            public String header() {
                return header;
            }

            @Override
            public boolean refused(String refused) {
                return false;
            }
        };
    }
}
