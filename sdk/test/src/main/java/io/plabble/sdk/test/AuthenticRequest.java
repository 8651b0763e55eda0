package io.plabble.sdk.test;

import io.plabble.protocol.internal.packet.BucketRequest;

/**
 * A request whose tag or MAC fits.
 *
 * @param owner whether the sender has proved to hold the bucket's key
 * @param counter the client counter it was sent with
 */
record AuthenticRequest(BucketRequest request, boolean owner, int counter) {}
