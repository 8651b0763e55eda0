/** What both ends of the Plabble Transport Protocol speak of: reasons, errors, error codes and timestamps. */
@NullMarked
package io.plabble.protocol;

import org.jspecify.annotations.NullMarked;
