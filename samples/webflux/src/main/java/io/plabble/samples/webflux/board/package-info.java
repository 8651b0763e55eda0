/** The notices: one bucket that may only be appended to, one note in a slot. */
@NullMarked
package io.plabble.samples.webflux.board;

import org.jspecify.annotations.NullMarked;
