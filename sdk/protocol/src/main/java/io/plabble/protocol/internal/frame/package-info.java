/** Not API. The Length in front of each packet on a byte stream (§1, §2). */
@NullMarked
package io.plabble.protocol.internal.frame;

import org.jspecify.annotations.NullMarked;
