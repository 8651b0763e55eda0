/** The client: from {@link io.plabble.sdk.PlabbleClient} to a verified {@link io.plabble.sdk.PlabbleSession}. */
@NullMarked
package io.plabble.sdk;

import org.jspecify.annotations.NullMarked;
