/** Client processes that hold many sessions, or many followers of one. */
package io.plabble.sdk.benchmarks.load.many;
