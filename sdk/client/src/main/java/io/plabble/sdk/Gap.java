package io.plabble.sdk;

import io.plabble.protocol.PlabbleException;
import java.time.Duration;
import java.util.Optional;

/**
 * For a while nobody listened: one session had ended, and the next was not subscribed yet. What follows are the slots that are
 * not any more what was last told of them, in index order, each as it is now. Of a slot that was changed several times meanwhile,
 * only the last content can be known; of one that is again what it was, nothing is told.
 *
 * @param loss why the session was lost; empty if this end had moved on to another, as in a renewal
 * @param length from the end of one subscription to the beginning of the next
 * @param changes how many {@link SlotUpdate}s follow that are part of it
 */
public record Gap(Optional<PlabbleException> loss, Duration length, int changes) implements BucketEvent {}
