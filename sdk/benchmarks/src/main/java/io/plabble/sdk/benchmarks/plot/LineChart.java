package io.plabble.sdk.benchmarks.plot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Lines of points; a vertical line shows the range of the rounds. */
public final class LineChart {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 360;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 70;
    private static final int BOTTOM = 50;
    private static final int MARGIN = 20;
    private static final int LEGEND = 175;

    private final String title;
    private final String across;
    private final Axis horizontal;
    private final Axis vertical;
    private final Map<String, SortedMap<Integer, Value>> lines = new LinkedHashMap<>();

    /**
     * Without lines yet.
     *
     * @param title what goes up, with its unit
     * @param across what there is more and more of
     */
    public LineChart(String title, String across, Axis horizontal, Axis vertical) {
        this.title = title;
        this.across = across;
        this.horizontal = horizontal;
        this.vertical = vertical;
    }

    /** A point of a line, which begins with its first. */
    public void add(String line, int x, Value value) {
        lines.computeIfAbsent(line, name -> new TreeMap<>()).put(x, value);
    }

    /** The chart as SVG. */
    public String svg() {
        Svg svg = new Svg(WIDTH, HEIGHT)
                .title(12, 22, title)
                .text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10.0, "middle", across);
        for (double tick : vertical.ticks(values(Value::low).min().orElse(1), most())) {
            svg.line(LEFT, y(tick), WIDTH - RIGHT, y(tick), Palette.GRID, 1)
                    .text(LEFT - 8.0, y(tick) + 4, "end", Numbers.text(tick));
        }
        lines.values().stream()
                .flatMap(points -> points.keySet().stream())
                .distinct()
                .forEach(x -> svg.text(x(x), HEIGHT - BOTTOM + 18.0, "middle", Numbers.text(x)));
        int index = 0;
        for (Map.Entry<String, SortedMap<Integer, Value>> line : lines.entrySet()) {
            svg.bar(LEFT + (double) index * LEGEND, 36, 12, 12, Palette.series(index))
                    .text(LEFT + (double) index * LEGEND + 18, 47, "start", line.getKey());
            draw(svg, line.getValue(), Palette.series(index));
            index++;
        }
        return svg.image();
    }

    private void draw(Svg svg, SortedMap<Integer, Value> points, String color) {
        double lastX = Double.NaN;
        double lastY = Double.NaN;
        for (Map.Entry<Integer, Value> point : points.entrySet()) {
            double x = x(point.getKey());
            double y = y(point.getValue().median());
            svg.line(x, y(point.getValue().low()), x, y(point.getValue().high()), color, 1.5)
                    .dot(x, y, color);
            if (!Double.isNaN(lastX)) {
                svg.line(lastX, lastY, x, y, color, 2);
            }
            lastX = x;
            lastY = y;
        }
    }

    private double x(int value) {
        int last = lines.values().stream().mapToInt(SortedMap::lastKey).max().orElse(1);
        return LEFT + MARGIN + horizontal.position(value, 1, last) * (WIDTH - LEFT - RIGHT - 2 * MARGIN);
    }

    private double y(double value) {
        double position = vertical.position(value, values(Value::low).min().orElse(1), most());
        return HEIGHT - BOTTOM - position * (HEIGHT - TOP - BOTTOM);
    }

    private double most() {
        return values(Value::high).max().orElse(1);
    }

    private DoubleStream values(ToDoubleFunction<Value> which) {
        return lines.values().stream()
                .flatMap(points -> points.values().stream())
                .mapToDouble(which);
    }
}
