/** HTTP: JSON, Server-Sent Events and problem details. */
@NullMarked
package io.plabble.samples.webflux.web;

import org.jspecify.annotations.NullMarked;
