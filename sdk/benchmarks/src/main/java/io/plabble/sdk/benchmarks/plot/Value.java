package io.plabble.sdk.benchmarks.plot;

/**
 * A figure with its noise.
 *
 * @param median of the rounds
 * @param low the least of them
 * @param high the greatest
 */
public record Value(double median, double low, double high) {}
