/** What the SDK costs, measured by JMH. */
@NullMarked
package io.plabble.sdk.benchmarks;

import org.jspecify.annotations.NullMarked;
