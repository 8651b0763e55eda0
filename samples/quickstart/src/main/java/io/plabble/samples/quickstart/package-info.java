/** The README's first command. */
@NullMarked
package io.plabble.samples.quickstart;

import org.jspecify.annotations.NullMarked;
