/** Not API. The cryptographic primitives, of BouncyCastle and the JDK. */
@NullMarked
package io.plabble.protocol.internal.crypto;

import org.jspecify.annotations.NullMarked;
