package io.plabble.sdk.benchmarks.load.server;

/** What a server's process serves. */
interface Service extends AutoCloseable {
    /** What its clients have to know, in words. */
    String address();

    /** How many clients have been served since it began, each with a handshake of its own, whole and not resumed. */
    long handshakes();

    @Override
    void close();
}
