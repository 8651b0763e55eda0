package io.plabble.testsupport.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs Jazzer on each target for a time, in a process of its own: libFuzzer ends its process, and an agent changes its classes. A
 * crash leaves the input beside the corpus; as another of the target's seeds it becomes a test.
 */
public final class Fuzzing {
    private static final String INSTRUMENTED =
            "io.plabble.**:io.netty.handler.codec.**:org.bouncycastle.asn1.**:org.bouncycastle.util.**";
    private static final int SECONDS_PER_INPUT = 10;

    private Fuzzing() {}

    /** @param args an enumeration of targets, a directory, and for how many seconds each target runs */
    public static void main(String[] args) throws Exception {
        List<Object> crashed = new ArrayList<>();
        for (FuzzTarget target : targets(args[0])) {
            Path directory =
                    Files.createDirectories(Path.of(args[1], target.toString().toLowerCase(Locale.ROOT)));
            if (run(target, args[0], directory, args[2]) != 0) {
                crashed.add(directory);
            }
        }
        if (!crashed.isEmpty()) {
            System.err.println("Crashes, see crash-* or timeout-* in " + crashed);
            System.exit(1);
        }
    }

    static FuzzTarget[] targets(String enumeration) throws ClassNotFoundException {
        return (FuzzTarget[]) Class.forName(enumeration).getEnumConstants();
    }

    private static int run(FuzzTarget target, String enumeration, Path directory, String seconds) throws Exception {
        Path corpus = Files.createDirectories(directory.resolve("corpus"));
        Process jazzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+EnableDynamicAgentLoading",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + JazzerEntry.class.getName(),
                        "--target_args=" + enumeration + " " + target,
                        "--instrumentation_includes=" + INSTRUMENTED,
                        "--custom_hook_includes=" + INSTRUMENTED, // Jazzer's own look-out for Unsafe breaks Netty
                        "--reproducer_path=" + directory,
                        "-artifact_prefix=" + directory + "/",
                        "-rss_limit_mb=0", // the heap's bound tells more of Java
                        "-timeout=" + SECONDS_PER_INPUT,
                        "-max_total_time=" + seconds,
                        corpus.toString(),
                        writeSeeds(target, directory).toString())
                .inheritIO()
                .start();
        return jazzer.waitFor();
    }

    private static Path writeSeeds(FuzzTarget target, Path directory) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("seeds"));
        int number = 0;
        for (byte[] seed : target.seeds().toList()) {
            Files.write(folder.resolve("seed-" + number++), seed);
        }
        return folder;
    }
}
