/** Processes of their own, so that what one costs is not mistaken for what another does. */
package io.plabble.sdk.benchmarks.process;
