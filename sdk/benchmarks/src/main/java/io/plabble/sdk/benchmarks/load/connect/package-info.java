/** Connects, and what they are made of. */
package io.plabble.sdk.benchmarks.load.connect;
