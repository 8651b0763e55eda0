package io.plabble.sdk.benchmarks.suite;

/** A question that is put to several contenders. */
interface Experiment {
    void run(Scale scale, Results results);
}
