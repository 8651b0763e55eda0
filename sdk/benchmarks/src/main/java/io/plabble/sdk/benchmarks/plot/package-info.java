/** Charts as SVG, for the README. */
package io.plabble.sdk.benchmarks.plot;
