package io.plabble.protocol.internal.packet;

/** What a server sends (§3): {@code TypeFlags[1] Counter[2] Body}. */
public sealed interface Response permits ConnectAnswer, BucketResponse {
    /** {@code TypeFlags[1] Counter[2]} (D4). */
    int HEADER_LENGTH = 3;
}
