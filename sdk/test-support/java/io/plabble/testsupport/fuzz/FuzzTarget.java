package io.plabble.testsupport.fuzz;

import java.util.stream.Stream;

/** What is given arbitrary bytes. Its seeds are tried in every build, what Jazzer makes of them in the profile {@code fuzz}. */
public interface FuzzTarget {
    /** Takes the input, or refuses it as documented and returns; whatever else is thrown is a finding. Keeps no state. */
    void accept(byte[] input);

    /** Where to begin: well-formed inputs, and some that are nearly so. The same on every call. */
    Stream<byte[]> seeds();
}
