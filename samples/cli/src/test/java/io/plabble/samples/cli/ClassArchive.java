package io.plabble.samples.cli;

import io.plabble.sdk.test.PlabbleTestServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The classes of the jar, read and verified once for all its processes (JEP 350): it is what most of their time is spent on. */
final class ClassArchive {
    private static final int LONGEST_RUN_SECONDS = 60;

    private static final List<String> OPTIONS = make();

    private ClassArchive() {}

    /** For each process; none where the JVM makes no archives. */
    static List<String> options() {
        return OPTIONS;
    }

    /** Of a connect, after which most classes are there. */
    private static List<String> make() {
        try (PlabbleTestServer server = PlabbleTestServer.start()) {
            Path archive = Files.createTempFile("plabble", ".jsa");
            archive.toFile().deleteOnExit();
            Process connect = new ProcessBuilder(Jar.command(
                            List.of("-XX:ArchiveClassesAtExit=" + archive),
                            "connect",
                            server.host() + ":" + server.port(),
                            "--pin",
                            server.identityKey().toString(),
                            "--json"))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            try {
                boolean isMade = connect.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)
                        && archive.toFile().length() > 0;
                return isMade ? List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + archive) : List.of();
            } finally {
                connect.destroyForcibly();
            }
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
