/** Requests on connections that last, and what they are made of. */
package io.plabble.sdk.benchmarks.load.request;
