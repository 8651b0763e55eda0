package io.plabble.sdk.benchmarks.plot;

import java.util.Locale;

/** As people read them. */
final class Numbers {
    private static final double MANY = 100;

    private Numbers() {}

    /** Three digits at least, none that noise has made. */
    static String text(double value) {
        double size = Math.abs(value);
        if (size >= MANY || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }

    /** 1, 2 or 5 times a power of ten, so that an axis to {@code most} has about five of it. */
    static double step(double most) {
        double raw = most / 5;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= raw) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
