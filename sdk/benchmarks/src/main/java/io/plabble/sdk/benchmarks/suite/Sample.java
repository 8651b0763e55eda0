package io.plabble.sdk.benchmarks.suite;

import java.util.Locale;

/**
 * One figure of one round: a line of a result file.
 *
 * @param experiment such as {@code connect}
 * @param subject who was measured
 * @param setting under which circumstances, such as how many at a time
 * @param measure what, and in which unit
 */
record Sample(String experiment, String subject, String setting, int round, String measure, double value) {
    static final String HEADER = "experiment,subject,setting,round,measure,value";

    static Sample parse(String line) {
        String[] fields = line.split(",");
        return new Sample(
                fields[0], fields[1], fields[2], Integer.parseInt(fields[3]), fields[4], Double.parseDouble(fields[5]));
    }

    /** A line of comma-separated values. */
    String line() {
        return String.format(Locale.ROOT, "%s,%s,%s,%d,%s,%.6g", experiment, subject, setting, round, measure, value);
    }
}
