package io.plabble.sdk.benchmarks.suite;

import io.plabble.sdk.Encryption;
import io.plabble.sdk.benchmarks.plot.Axis;
import io.plabble.sdk.benchmarks.plot.BarChart;
import io.plabble.sdk.benchmarks.plot.LineChart;
import io.plabble.sdk.benchmarks.plot.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Draws what the README shows, of the suite's result files. */
final class Plots {
    private static final List<Integer> COUNTS = List.of(1, 10, 100, 1_000, 10_000);
    /** To open fewer takes less than the clock of CPU time tells, which moves by 10 ms. */
    private static final List<Integer> MANY = COUNTS.subList(2, COUNTS.size());

    private final Map<String, Results> runs = new LinkedHashMap<>();
    private final Path directory;

    private Plots(Path directory) {
        this.directory = directory;
    }

    /** @param arguments the directory for the plots, then files with results, named after what they were measured on */
    public static void main(String... arguments) throws IOException {
        Plots plots = new Plots(Path.of(arguments[0]));
        for (String file : List.of(arguments).subList(1, arguments.length)) {
            plots.runs.put(Path.of(file).getFileName().toString().replace(".csv", ""), Results.read(Path.of(file)));
        }
        plots.draw();
    }

    private void draw() throws IOException {
        Files.createDirectories(directory);
        connects();
        chains();
        requests("requests-cpu", "Client CPU of a request of 64 B, 256 deep, microseconds", "cpu us");
        requests("requests-rate", "Requests of 64 B per second, 256 deep", "rate per s");
        growth(
                "sessions-heap",
                "Heap of an idle session, bytes",
                IdleSessions.NAME,
                "heap bytes",
                "sessions",
                COUNTS,
                Axis.EVEN);
        growth(
                "sessions-open",
                "Client CPU of a connect, microseconds",
                IdleSessions.NAME,
                "cpu us to open",
                "sessions",
                MANY,
                Axis.EVEN);
        growth(
                "sessions-requests",
                "Client CPU of a request, microseconds",
                IdleSessions.NAME,
                "cpu us a request",
                "sessions, used in turns",
                COUNTS,
                Axis.EVEN);
        growth(
                "followers",
                "Client CPU to bring an update to one follower, microseconds",
                Followers.NAME,
                "cpu us a delivery",
                "followers of one session",
                COUNTS,
                Axis.LOGARITHMIC);
        coldStarts();
    }

    private void connects() throws IOException {
        BarChart chart = bars("Client CPU of a connect, 32 at a time, microseconds");
        Stream.of(
                        Connects.cryptography(Connects.SHORT_CHAIN),
                        Connects.TCP,
                        Connects.plabble(Connects.SHORT_CHAIN),
                        Connects.TLS_OPENSSL,
                        Connects.TLS_JDK)
                .forEach(subject -> add(chart, subject, Connects.NAME, "" + Connects.MANY, "cpu us"));
        write("connect", chart.svg());
    }

    private void chains() throws IOException {
        LineChart chart = new LineChart(
                "Client CPU of a connect by the length of the chain, microseconds",
                "certificates",
                Axis.EVEN,
                Axis.EVEN);
        runs.forEach((run, results) -> {
            for (int certificates : Connects.ALL_CHAINS) {
                add(
                        chart,
                        run + " Plabble",
                        certificates,
                        results.series(Connects.NAME, Connects.plabble(certificates), "" + Connects.MANY, "cpu us"));
                add(
                        chart,
                        run + " cryptography",
                        certificates,
                        results.series(
                                Connects.NAME, Connects.cryptography(certificates), "" + Connects.MANY, "cpu us"));
            }
        });
        write("chains", chart.svg());
    }

    private void requests(String name, String title, String measure) throws IOException {
        BarChart chart = bars(title);
        Stream.of(
                        Requests.ECHO,
                        Requests.RSOCKET,
                        Requests.reads(Encryption.OFF),
                        Requests.reads(Encryption.ON),
                        Requests.LETTUCE)
                .forEach(subject ->
                        add(chart, subject, Requests.experiment(Requests.SMALL), "" + Requests.DEEP, measure));
        write(name, chart.svg());
    }

    private void growth(
            String name, String title, String experiment, String measure, String across, List<Integer> counts, Axis up)
            throws IOException {
        LineChart chart = new LineChart(title, across, Axis.LOGARITHMIC, up);
        runs.forEach((run, results) -> {
            for (int count : counts) {
                add(
                        chart,
                        run + " Plabble",
                        count,
                        results.series(experiment, IdleSessions.SUBJECT, "" + count, measure));
                add(chart, run + " TCP", count, results.series(experiment, IdleSessions.FLOOR, "" + count, measure));
            }
        });
        write(name, chart.svg());
    }

    private void coldStarts() throws IOException {
        BarChart chart = bars("From the start of the JVM to the first session, milliseconds");
        Stream.of(ColdStarts.PLAIN, ColdStarts.WARM_UP, ColdStarts.ARCHIVE, ColdStarts.BOTH)
                .forEach(subject -> add(chart, subject, ColdStarts.NAME, "", "start to session ms"));
        write("cold-start", chart.svg());
    }

    private BarChart bars(String title) {
        return new BarChart(title, runs.keySet().toArray(String[]::new));
    }

    private void add(BarChart chart, String subject, String experiment, String setting, String measure) {
        List<Optional<Value>> bars = runs.values().stream()
                .map(results -> results.series(experiment, subject, setting, measure))
                .map(series -> series.isEmpty() ? Optional.<Value>empty() : Optional.of(value(series)))
                .toList();
        if (bars.stream().anyMatch(Optional::isPresent)) {
            chart.add(subject, bars);
        }
    }

    private static void add(LineChart chart, String line, int x, Series series) {
        if (!series.isEmpty()) {
            chart.add(line, x, value(series));
        }
    }

    private static Value value(Series series) {
        return new Value(series.median(), series.min(), series.max());
    }

    private void write(String name, String svg) throws IOException {
        Files.writeString(directory.resolve(name + ".svg"), svg);
    }
}
