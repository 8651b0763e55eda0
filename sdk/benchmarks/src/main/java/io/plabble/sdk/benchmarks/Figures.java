package io.plabble.sdk.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * What a benchmark finds out besides its time, such as a percentile, as secondary results of JMH: of each iteration, and their mean
 * and spread. JMH's own {@code @AuxCounters} would add the percentiles of all iterations up.
 */
public final class Figures implements InternalProfiler {
    /** JMH makes the profiler, in the JVM of the benchmark. */
    private static final Queue<ScalarResult> REPORTED = new ConcurrentLinkedQueue<>();

    /** Of the iteration that is running. */
    static void report(String name, double value, String unit) {
        REPORTED.add(new ScalarResult(name, value, unit, AggregationPolicy.AVG));
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        REPORTED.clear();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        return List.copyOf(REPORTED);
    }

    @Override
    public String getDescription() {
        return "What the benchmarks themselves report";
    }
}
