package io.plabble.testsupport.fuzz;

import java.util.Arrays;

/** Where Jazzer, which knows of nothing but static methods, finds a target. */
public final class JazzerEntry {
    private static FuzzRunner runner;

    private JazzerEntry() {}

    /**
     * Called once.
     *
     * @param args an enumeration of targets, and the name of one
     */
    public static void fuzzerInitialize(String[] args) throws ClassNotFoundException {
        runner = new FuzzRunner(Arrays.stream(Fuzzing.targets(args[0]))
                .filter(target -> target.toString().equals(args[1]))
                .findFirst()
                .orElseThrow());
    }

    public static void fuzzerTestOneInput(byte[] input) {
        runner.accept(input);
    }
}
