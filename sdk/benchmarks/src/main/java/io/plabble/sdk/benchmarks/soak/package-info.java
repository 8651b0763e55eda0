/** A long run with faults, client and server in separate processes: whether anything is left behind, and what a session takes. */
@NullMarked
package io.plabble.sdk.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
