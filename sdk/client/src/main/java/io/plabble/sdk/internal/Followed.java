package io.plabble.sdk.internal;

import io.plabble.protocol.Slot;
import java.util.List;

/** What a session tells of a bucket that is followed. */
public sealed interface Followed {
    /** The filled slots when following began, in index order; once, and first. */
    record Present(List<Slot> slots) implements Followed {}

    /** A slot was put, appended or wiped. */
    record Changed(Slot slot) implements Followed {}
}
