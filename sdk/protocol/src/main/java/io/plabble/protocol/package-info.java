/** What both ends of the Plabble Transport Protocol speak of: buckets, slots and their ranges, permissions, reasons, errors and timestamps. */
@NullMarked
package io.plabble.protocol;

import org.jspecify.annotations.NullMarked;
