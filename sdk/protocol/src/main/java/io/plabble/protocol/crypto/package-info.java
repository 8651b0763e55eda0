/** Keys and secrets as values that check themselves, hide themselves and can be erased. */
@NullMarked
package io.plabble.protocol.crypto;

import org.jspecify.annotations.NullMarked;
