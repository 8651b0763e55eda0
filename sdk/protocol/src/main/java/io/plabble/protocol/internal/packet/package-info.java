/** Not API. Packets and their encoding (§3, §4, §9). */
@NullMarked
package io.plabble.protocol.internal.packet;

import org.jspecify.annotations.NullMarked;
