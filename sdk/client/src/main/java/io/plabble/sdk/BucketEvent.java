package io.plabble.sdk;

/** What a {@link LastingBucket} tells who follows it: what became of a slot, or that a gap was bridged. */
public sealed interface BucketEvent permits SlotUpdate, Gap {}
