package io.plabble.sdk.benchmarks.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** This JVM's class path with a JAR for each directory in it: class archives (JEP 350) know of nothing else. */
public final class JarredClassPath implements AutoCloseable {
    private static final ToolProvider JAR = ToolProvider.findFirst("jar").orElseThrow();

    private final Path directory;

    public JarredClassPath() {
        try {
            directory = Files.createTempDirectory("class-path");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For temporary files beside the JARs. */
    public Path directory() {
        return directory;
    }

    /** As the option {@code -classpath} takes it. */
    public String paths() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .map(entry -> Files.isDirectory(entry) ? jar(entry) : entry)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Path jar(Path classes) {
        Path jar = directory.resolve(classes.toString().replaceAll("\\W+", "_") + ".jar");
        int status =
                JAR.run(System.out, System.err, "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
        if (status != 0) {
            throw new IllegalStateException("no JAR of " + classes);
        }
        return jar;
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
