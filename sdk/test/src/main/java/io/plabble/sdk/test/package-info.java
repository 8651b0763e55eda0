/** An embedded Plabble server for tests: correct by default, faulty on request. */
@NullMarked
package io.plabble.sdk.test;

import org.jspecify.annotations.NullMarked;
