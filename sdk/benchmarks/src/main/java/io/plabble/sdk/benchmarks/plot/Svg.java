package io.plabble.sdk.benchmarks.plot;

import java.util.Locale;

/** An SVG image under construction: what is drawn, in pixels from the top left. */
final class Svg {
    private final int width;
    private final int height;
    private final StringBuilder shapes = new StringBuilder();

    Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** @param anchor start, middle or end */
    Svg text(double x, double y, String anchor, String text) {
        return add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped(text));
    }

    Svg title(double x, double y, String text) {
        return add("<text x=\"%.1f\" y=\"%.1f\" class=\"title\">%s</text>", x, y, escaped(text));
    }

    Svg bar(double x, double y, double barWidth, double barHeight, String color) {
        return add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
                x, y, barWidth, barHeight, color);
    }

    Svg line(double x1, double y1, double x2, double y2, String color, double thickness) {
        return add(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\"/>",
                x1, y1, x2, y2, color, thickness);
    }

    Svg dot(double x, double y, String color) {
        return add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>", x, y, color);
    }

    private Svg add(String shape, Object... values) {
        shapes.append(String.format(Locale.ROOT, shape, values)).append('\n');
        return this;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The whole image; white behind, since a reader's page may be dark. */
    String image() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d">
                <style>text { font: 13px sans-serif; fill: #24292f } .title { font-weight: bold; font-size: 15px }</style>
                <rect width="100%%" height="100%%" fill="white"/>
                %s</svg>
                """.formatted(width, height, width, height, shapes);
    }
}
