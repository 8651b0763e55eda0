/** Measures the SDK beside its floors and its peers, in turns, and compares (README, "The suite"). */
package io.plabble.sdk.benchmarks.suite;
