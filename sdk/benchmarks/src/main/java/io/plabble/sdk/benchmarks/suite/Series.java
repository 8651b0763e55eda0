package io.plabble.sdk.benchmarks.suite;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** A figure in each round. What is computed of two is computed round by round, so that a noisy round does harm to both. */
record Series(double... rounds) {
    boolean isEmpty() {
        return rounds.length == 0;
    }

    Series over(Series other) {
        return with(other, (a, b) -> a / b);
    }

    Series plus(Series other) {
        return with(other, Double::sum);
    }

    Series minus(Series other) {
        return with(other, (a, b) -> a - b);
    }

    Series over(double divisor) {
        return new Series(Arrays.stream(rounds).map(value -> value / divisor).toArray());
    }

    private Series with(Series other, DoubleBinaryOperator operator) {
        return new Series(IntStream.range(0, Math.min(rounds.length, other.rounds.length))
                .mapToDouble(round -> operator.applyAsDouble(rounds[round], other.rounds[round]))
                .toArray());
    }

    double median() {
        double[] sorted = rounds.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double min() {
        return Arrays.stream(rounds).min().orElseThrow();
    }

    double max() {
        return Arrays.stream(rounds).max().orElseThrow();
    }
}
