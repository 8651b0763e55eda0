/** The command line {@code plabble}: what {@code openssl s_client} is to TLS, and a little of what {@code redis-cli} is to Redis. */
@NullMarked
package io.plabble.samples.cli;

import org.jspecify.annotations.NullMarked;
