/** Not API. The handshake, the channel and the owner of the connection. */
@NullMarked
package io.plabble.sdk.internal;

import org.jspecify.annotations.NullMarked;
