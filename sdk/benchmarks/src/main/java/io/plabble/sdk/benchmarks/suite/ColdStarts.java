package io.plabble.sdk.benchmarks.suite;

import io.plabble.sdk.benchmarks.load.connect.ColdStart;
import io.plabble.sdk.benchmarks.load.server.Services;
import io.plabble.sdk.benchmarks.process.Child;
import io.plabble.sdk.benchmarks.process.JarredClassPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How long does a fresh JVM take to its first session: as it is, warmed up, and with an archive of its classes? */
final class ColdStarts implements Experiment {
    static final String NAME = "cold start";
    static final String PLAIN = "plain";
    static final String WARM_UP = "warm-up";
    static final String ARCHIVE = "class archive";
    static final String BOTH = "both";

    @Override
    public void run(Scale scale, Results results) {
        try (Server server = Server.start(Services.PLABBLE, "2");
                JarredClassPath classPath = new JarredClassPath()) {
            Start start = new Start(classPath.paths(), server.address());
            Path archive = classPath.directory().resolve("classes.jsa");
            start.time("-XX:ArchiveClassesAtExit=" + archive, true);
            if (!Files.exists(archive)) { // without it, the JVM would do what it does anyway
                throw new IllegalStateException("no archive of classes was made");
            }
            String none = "-Xshare:auto";
            String archived = "-XX:SharedArchiveFile=" + archive;
            for (int round = 0; round < scale.rounds(); round++) {
                record(PLAIN, round, start.time(none, false), results);
                record(WARM_UP, round, start.time(none, true), results);
                record(ARCHIVE, round, start.time(archived, false), results);
                record(BOTH, round, start.time(archived, true), results);
            }
        }
    }

    private record Start(String classPath, List<String> address) {
        /** What {@link ColdStart} prints. */
        String[] time(String option, boolean warm) {
            List<String> arguments = Stream.concat(address.stream(), warm ? Stream.of("warm") : Stream.<String>empty())
                    .toList();
            List<String> options = List.of(option, "-Xlog:disable", "-Xlog:all=error:stderr");
            try (Child child = Child.java(classPath, ColdStart.class, options, arguments)) {
                return child.ask("go").split(" ");
            }
        }
    }

    private static void record(String subject, int round, String[] millis, Results results) {
        List<String> measures = List.of("warm-up ms", "connect ms", "start to session ms");
        for (int i = 0; i < measures.size(); i++) {
            results.add(new Sample(NAME, subject, "", round, measures.get(i), Double.parseDouble(millis[i])));
        }
    }
}
