/** Which server, how it is reached, and how it is doing. */
@NullMarked
package io.plabble.samples.webflux.plabble;

import org.jspecify.annotations.NullMarked;
