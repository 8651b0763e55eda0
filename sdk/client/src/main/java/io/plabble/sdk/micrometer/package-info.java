/** Observations and meters by Micrometer, which is an optional dependency: nothing outside of this package needs it. */
@NullMarked
package io.plabble.sdk.micrometer;

import org.jspecify.annotations.NullMarked;
