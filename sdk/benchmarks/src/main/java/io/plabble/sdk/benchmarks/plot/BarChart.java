package io.plabble.sdk.benchmarks.plot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Horizontal bars from zero, grouped by subject; a thin line shows the range of the rounds. */
public final class BarChart {
    private static final int WIDTH = 800;
    private static final int TOP = 62;
    private static final int LABELS = 200;
    private static final int NUMBERS = 70;
    private static final int BAR = 16;
    private static final int GAP = 12;

    private final String title;
    private final String[] series;
    private final Map<String, List<Optional<Value>>> groups = new LinkedHashMap<>();

    /**
     * Without bars yet.
     *
     * @param title with the unit
     * @param series what the bars of a group are
     */
    public BarChart(String title, String... series) {
        this.title = title;
        this.series = series;
    }

    /** A subject with a bar for each series, in their order; empty where there is none. */
    public void add(String subject, List<Optional<Value>> bars) {
        groups.put(subject, bars);
    }

    /** The chart as SVG. */
    public String svg() {
        int group = series.length * BAR + GAP;
        Svg svg = new Svg(WIDTH, TOP + groups.size() * group + GAP).title(GAP, 22, title);
        for (int i = 0; i < series.length; i++) {
            svg.bar(LABELS + i * 120.0, 34, 12, 12, Palette.series(i))
                    .text(LABELS + i * 120.0 + 18, 45, "start", series[i]);
        }
        double scale = (WIDTH - LABELS - NUMBERS) / most();
        double y = TOP;
        for (Map.Entry<String, List<Optional<Value>>> entry : groups.entrySet()) {
            svg.text(LABELS - 8.0, y + (group - GAP) / 2.0 + 5, "end", entry.getKey());
            for (int i = 0; i < series.length; i++) {
                double top = y + i * BAR;
                String color = Palette.series(i);
                entry.getValue().get(i).ifPresent(value -> draw(svg, value, top, scale, color));
            }
            y += group;
        }
        return svg.image();
    }

    private double most() {
        return groups.values().stream()
                .flatMap(List::stream)
                .flatMap(Optional::stream)
                .mapToDouble(Value::high)
                .max()
                .orElse(1);
    }

    private static void draw(Svg svg, Value value, double y, double scale, String color) {
        double middle = y + (BAR - 2) / 2.0;
        svg.bar(LABELS, y, value.median() * scale, BAR - 2, color)
                .line(LABELS + value.low() * scale, middle, LABELS + value.high() * scale, middle, Palette.INK, 1.5)
                .text(LABELS + value.high() * scale + 6, middle + 5, "start", Numbers.text(value.median()));
    }
}
