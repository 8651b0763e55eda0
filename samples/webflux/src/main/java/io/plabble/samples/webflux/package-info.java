/** A live notice board: what a service on Spring WebFlux looks like that keeps its data in a Plabble bucket. */
@NullMarked
package io.plabble.samples.webflux;

import org.jspecify.annotations.NullMarked;
