package dev.ecgfhir.inference.signal;

/**
 * The same Butterworth band-pass as a cascade of second-order sections.
 *
 * <p>In exact arithmetic it equals {@link PolynomialBandpass}. In double precision the polynomial form is wrong by about 1e-9 mV
 * at 250 Hz, 2e-7 at 500 Hz, 1e-4 at 1000 Hz, and breaks down on the way to 2000 Hz, where its poles crowd at z = 1; the
 * sections do not. So they take over above the rates for which the reference implementation gives meaningful numbers. Immutable
 * and safe to share between threads.
 */
final class SectionBandpass implements ZeroPhaseFilter {
    private final double[][] sections;
    private final double sectionGain;
    private final double[] zi;

    SectionBandpass(ButterworthBandpass design) {
        this.sections = design.sections();
        this.sectionGain = Math.pow(design.gain(), 1.0 / sections.length);
        this.zi = SteadyState.of(new double[] {sectionGain, 0, -sectionGain}, sections[0]);
    }

    @Override
    public int padding() {
        return 27;
    }

    @Override
    public void pass(double[] extended, int length) {
        // A section lets nothing constant through: only the first one starts in a state other than zero.
        double z0 = zi[0] * extended[0];
        double z1 = zi[1] * extended[0];
        for (double[] section : sections) {
            double a1 = section[1];
            double a2 = section[2];
            for (int i = 0; i < length; i++) {
                double u = sectionGain * extended[i];
                double y = z0 + u;
                z0 = z1 - y * a1;
                z1 = -u - y * a2;
                extended[i] = y;
            }
            z0 = 0;
            z1 = 0;
        }
    }
}
