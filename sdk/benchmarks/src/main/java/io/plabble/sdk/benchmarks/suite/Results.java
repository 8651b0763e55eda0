package io.plabble.sdk.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All samples of a run of the suite. */
final class Results {
    private final List<Sample> samples = new ArrayList<>();

    /** What {@link #write} wrote. */
    static Results read(Path file) throws IOException {
        Results results = new Results();
        try (Stream<String> lines = Files.lines(file)) {
            lines.skip(1).map(Sample::parse).forEach(results.samples::add);
        }
        return results;
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(
                file,
                Stream.concat(Stream.of(Sample.HEADER), samples.stream().map(Sample::line))
                        .toList());
    }

    void add(Sample sample) {
        samples.add(sample);
        System.out.println(sample.line());
    }

    /** The values of all rounds, in their order; none if it was not measured. */
    Series series(String experiment, String subject, String setting, String measure) {
        return new Series(samples.stream()
                .filter(sample -> sample.experiment().equals(experiment)
                        && sample.subject().equals(subject)
                        && sample.setting().equals(setting)
                        && sample.measure().equals(measure))
                .mapToDouble(Sample::value)
                .toArray());
    }
}
