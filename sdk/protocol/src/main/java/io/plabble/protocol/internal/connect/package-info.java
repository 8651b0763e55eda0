/** Not API. The CONNECT exchange (§4), one pure function per step, for both sides. */
@NullMarked
package io.plabble.protocol.internal.connect;

import org.jspecify.annotations.NullMarked;
