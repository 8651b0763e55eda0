/** Not API. The strict X25519 and Ed25519 operations on BouncyCastle. */
@NullMarked
package io.plabble.protocol.internal.crypto;

import org.jspecify.annotations.NullMarked;
