package io.plabble.sdk.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs experiments, one after the other, writes what came of them, and compares with the targets. */
public final class Suite {
    private static final Map<String, Experiment> EXPERIMENTS = new LinkedHashMap<>();

    static {
        EXPERIMENTS.put("connects", new Connects());
        EXPERIMENTS.put("requests", new Requests(Requests.SMALL));
        EXPERIMENTS.put("larger-requests", new Requests(Requests.LARGER));
        EXPERIMENTS.put("bulk", new Bulk());
        EXPERIMENTS.put("sessions", new IdleSessions());
        EXPERIMENTS.put("followers", new Followers());
        EXPERIMENTS.put("cold-starts", new ColdStarts());
    }

    private static final Set<String> SHORT = Set.of("connects", "requests", "bulk", "sessions", "cold-starts");

    private Suite() {}

    /** @param arguments short or full, the file for the results, and perhaps the names of experiments */
    public static void main(String... arguments) throws IOException {
        Scale scale = Scale.of(arguments[0]);
        Path file = Path.of(arguments[1]);
        List<String> chosen = List.of(arguments).subList(2, arguments.length);
        if (!EXPERIMENTS.keySet().containsAll(chosen)) {
            throw new IllegalArgumentException(chosen + ": some of " + EXPERIMENTS.keySet());
        }
        Results results = new Results();
        for (Map.Entry<String, Experiment> experiment : EXPERIMENTS.entrySet()) {
            if (chosen.isEmpty()
                    ? scale.whole() || SHORT.contains(experiment.getKey())
                    : chosen.contains(experiment.getKey())) {
                experiment.getValue().run(scale, results);
                results.write(file);
            }
        }
        Targets.report(results);
    }
}
