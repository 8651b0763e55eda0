/** Certificates, chains, trust stores and their verification (§5 of the protocol page). */
@NullMarked
package io.plabble.protocol.certificate;

import org.jspecify.annotations.NullMarked;
