package io.plabble.sdk.benchmarks.plot;

/** Colours that the colour-blind tell apart (Okabe and Ito). */
final class Palette {
    static final String INK = "#24292f";
    static final String GRID = "#d0d7de";

    private static final String[] SERIES = {"#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9"};

    private Palette() {}

    static String series(int index) {
        return SERIES[index % SERIES.length];
    }
}
