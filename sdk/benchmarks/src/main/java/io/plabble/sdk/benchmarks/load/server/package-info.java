/** Server processes that loads talk to. */
package io.plabble.sdk.benchmarks.load.server;
