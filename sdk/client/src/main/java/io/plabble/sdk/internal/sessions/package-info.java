/** What keeps a session for a whole application. Not API. */
@NullMarked
package io.plabble.sdk.internal.sessions;

import org.jspecify.annotations.NullMarked;
