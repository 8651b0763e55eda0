package io.plabble.samples.cli;

import io.plabble.protocol.PlabbleConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Where content comes from: arguments, a file, or standard input. */
final class ContentOptions {
    /** More than a packet takes; the client refuses it, with its own limit named. */
    private static final int MOST_BYTES = 16 * 1024 * 1024 + 1;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Take the content from this file; without it and without CONTENT, from standard input.")
    private @Nullable Path file;

    /** The content, as bytes; what is given as an argument in UTF-8. Read before connecting, for no session waits for typing. */
    Mono<List<byte[]>> contents(List<String> given, InputStream standardInput) {
        if (!given.isEmpty()) {
            if (file != null) {
                throw new ParameterException(command.commandLine(), "content both as an argument and by --file");
            }
            return Mono.just(given.stream()
                    .map(text -> text.getBytes(StandardCharsets.UTF_8))
                    .toList());
        }
        return Mono.fromCallable(() -> List.of(file == null ? read(standardInput, "standard input") : read(file)))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static byte[] read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        } catch (NoSuchFileException e) {
            throw new PlabbleConfigurationException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new PlabbleConfigurationException(file + ": cannot be read: " + e, e);
        }
    }

    private static byte[] read(InputStream in, String name) {
        try {
            return in.readNBytes(MOST_BYTES);
        } catch (IOException e) {
            throw new PlabbleConfigurationException(name + ": cannot be read: " + e, e);
        }
    }
}
