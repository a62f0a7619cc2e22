package dev.ecgfhir.fhir.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The codes of ECG leads and of ECGs as a whole, read once from {@code lead-codes.csv} beside this class, which names its sources.
 *
 * <p>MDC (ISO/IEEE 11073-10101) is known by two systems, {@code urn:iso:std:iso:11073:10101} (HL7 Personal Health Device and
 * Point-of-Care Device guides) and {@code urn:oid:2.16.840.1.113883.6.24} (HL7's core example), which mean the same; its codes may be
 * context-free (131329) or partition and term (2:257, as in DICOM). Immutable; safe to share between threads.
 */
final class LeadCodes {
    private static final String UNSPECIFIED = "*";
    private static final int PARTITION = 65_536;
    private static final Map<String, String> SYSTEMS = Map.of(
            "urn:iso:std:iso:11073:10101", "MDC",
            "urn:oid:2.16.840.1.113883.6.24", "MDC",
            "http://snomed.info/sct", "SNOMED CT",
            "http://loinc.org", "LOINC",
            "http://developer.apple.com/documentation/healthkit", "HealthKit");
    private static final LeadCodes BUNDLED = bundled();

    private final Map<String, String> leads;

    private LeadCodes(Map<String, String> leads) {
        this.leads = Map.copyOf(leads);
    }

    /** Returns the bundled table. */
    static LeadCodes standard() {
        return BUNDLED;
    }

    /** Returns the short name of a code system that the table knows, for example {@code MDC}. */
    static Optional<String> systemName(String system) {
        String trimmed = system.endsWith("/") ? system.substring(0, system.length() - 1) : system;
        return Optional.ofNullable(SYSTEMS.get(trimmed));
    }

    /**
     * Returns what a code says of a lead.
     *
     * @param systemName from {@link #systemName}
     * @param code as received
     * @return empty if it names no lead
     */
    Optional<LeadStatement> lead(String systemName, String code) {
        return Optional.ofNullable(leads.get(key(systemName, code)))
                .filter(lead -> !lead.equals(UNSPECIFIED))
                .map(LeadStatement::of);
    }

    /** Tells whether the code is one of an ECG or of an ECG lead. */
    boolean isEcg(String systemName, String code) {
        return leads.containsKey(key(systemName, code));
    }

    private static String key(String systemName, String code) {
        return systemName + "|" + (systemName.equals("MDC") ? contextFree(code) : code);
    }

    private static String contextFree(String code) {
        int colon = code.indexOf(':');
        if (colon < 1 || code.length() > 12) {
            return code;
        }
        try {
            int partition = Integer.parseInt(code, 0, colon, 10);
            int term = Integer.parseInt(code, colon + 1, code.length(), 10);
            return partition < 0 || term < 0 || term >= PARTITION
                    ? code
                    : Long.toString((long) partition * PARTITION + term);
        } catch (NumberFormatException notTwoNumbers) {
            return code;
        }
    }

    private static LeadCodes bundled() {
        InputStream table = Objects.requireNonNull(
                LeadCodes.class.getResourceAsStream("lead-codes.csv"), "lead-codes.csv is not on the class path");
        Map<String, String> leads = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                String[] cells = line.split(",", -1);
                if (cells.length != 3 || leads.put(cells[0] + "|" + cells[1], cells[2]) != null) {
                    throw new IllegalStateException("lead-codes.csv: not three cells, or a code twice: " + line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("lead-codes.csv cannot be read", e);
        }
        return new LeadCodes(leads);
    }
}
