/** Not API. How packets are protected after CONNECT (§7). */
@NullMarked
package io.plabble.protocol.internal.protection;

import org.jspecify.annotations.NullMarked;
