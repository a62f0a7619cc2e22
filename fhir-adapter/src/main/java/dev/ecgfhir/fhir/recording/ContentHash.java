package dev.ecgfhir.fhir.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The hash that tells whether two recordings are the same signal.
 *
 * <p>SHA-256 over, for each lead that the source sent, in the order of {@link Lead}: the lead's display in ASCII, one zero byte, the
 * sampling frequency as IEEE 754 double, the number of samples as 32-bit integer, the samples in millivolts as doubles; all little-endian,
 * every NaN as 0x7ff8000000000000, and minus zero as zero. Leads that we derived are left out. Subject, times and the form in which the
 * signal came do not count.
 */
final class ContentHash {
    /** Samples that are hashed at a time, so that a day's recording needs no second copy. */
    private static final int PIECE = 8192;

    private ContentHash() {}

    static String of(Map<Lead, RecordedLead> leads) {
        MessageDigest digest = sha256();
        for (RecordedLead lead : new TreeMap<>(leads).values()) {
            if (!lead.derived()) {
                update(digest, lead);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, RecordedLead lead) {
        Waveform waveform = lead.waveform();
        digest.update(lead.lead().display().getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) 0);
        ByteBuffer head = ByteBuffer.allocate(Double.BYTES + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        head.putDouble(waveform.frequency().hertz()).putInt(waveform.samples());
        digest.update(head.array());
        ByteBuffer bytes = ByteBuffer.allocate(Math.min(waveform.samples(), PIECE) * Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < waveform.samples(); from += PIECE) {
            int to = Math.min(waveform.samples(), from + PIECE);
            DoubleBuffer samples = bytes.asDoubleBuffer();
            for (int i = from; i < to; i++) {
                double value = waveform.millivolts(i);
                samples.put(Double.isNaN(value) ? Double.NaN : value + 0.0);
            }
            digest.update(bytes.array(), 0, (to - from) * Double.BYTES);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
