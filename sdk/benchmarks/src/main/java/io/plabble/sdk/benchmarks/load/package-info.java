/** Client processes that do one thing over and over, and measure what it costs them. */
package io.plabble.sdk.benchmarks.load;
