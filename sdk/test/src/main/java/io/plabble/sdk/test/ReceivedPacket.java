package io.plabble.sdk.test;

import java.util.Optional;

/**
 * A packet after CONNECT that nobody has vouched for yet.
 *
 * @param counter the client counter it was sent with
 * @param packet without Length
 * @param header in the clear; absent where a MAC is missing, so that nothing in it means anything
 */
record ReceivedPacket(int counter, byte[] packet, Optional<byte[]> header) {}
