package io.plabble.sdk.benchmarks.suite;

import java.util.Locale;

/**
 * What a figure should be.
 *
 * @param what the figure, for people
 * @param bound the goal, which is an upper bound if {@code most}, else a lower one
 * @param figure of each round
 */
record Target(String what, boolean most, double bound, Series figure) {
    static Target atMost(double bound, String what, Series figure) {
        return new Target(what, true, bound, figure);
    }

    static Target atLeast(double bound, String what, Series figure) {
        return new Target(what, false, bound, figure);
    }

    private boolean isReached() {
        return most ? figure.median() <= bound : figure.median() >= bound;
    }

    /** A row of a Markdown table: median, the range of the rounds, goal, and whether it is reached. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s – %s | %s %s | %s |",
                what,
                number(figure.median()),
                number(figure.min()),
                number(figure.max()),
                most ? "≤" : "≥",
                number(bound),
                isReached() ? "yes" : "**no**");
    }

    private static String number(double value) {
        return Math.abs(value) >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
