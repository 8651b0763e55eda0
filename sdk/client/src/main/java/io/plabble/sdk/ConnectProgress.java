package io.plabble.sdk;

import java.time.Duration;

/**
 * A step of connecting that has been done.
 *
 * @param step which
 * @param elapsed time since the subscription to {@link PlabbleClient#connect()}
 */
public record ConnectProgress(ConnectStep step, Duration elapsed) {}
