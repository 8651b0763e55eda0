package io.plabble.samples.cli;

import io.plabble.protocol.SlotRange;
import io.plabble.sdk.Bucket;
import io.plabble.sdk.SlotUpdate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reactor.core.publisher.Flux;

/** Prints what changes in a bucket. */
@Command(
        name = "watch",
        description = {
            "Print what changes in a bucket, one INDEX<TAB>CONTENT per line, until Ctrl-C or the end of the session.",
            "A wiped slot has no content. With --json, each has 'kind' (changed or present), 'index', 'size' and 'text' or"
                    + " 'base64', and a last object has 'updates', their number."
        })
final class WatchCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private final BucketOptions bucket = new BucketOptions();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "RANGE",
            description = "Such as 5, 5..9 (both included) or 5..; without it, the whole bucket.")
    private SlotRange range = SlotRange.all();

    @Option(names = "--count", paramLabel = "N", description = "End after so many changes.")
    private @Nullable Long count;

    @Option(names = "--present", description = "Begin with what is there already.")
    private boolean present;

    @Mixin
    private final Output output;

    WatchCommand(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public Integer call() {
        if (count != null && count < 1) {
            throw new ParameterException(command.commandLine(), "--count: " + count + " is not positive");
        }
        Long updates = bucket.withBucket(output, this::follow)
                .doOnNext(this::print)
                .takeUntil(update -> output.isClosed())
                .filter(WatchCommand::isChange)
                .count()
                .block();
        output.showJson(json -> json.put("updates", updates));
        return DONE;
    }

    /** Ends within the session, so that it is closed in an orderly way. */
    private Flux<SlotUpdate> follow(Bucket target) {
        Flux<SlotUpdate> updates = present ? target.readAndFollow(range) : target.updates(range);
        return limited(updates).takeUntilOther(output.interrupted());
    }

    private Flux<SlotUpdate> limited(Flux<SlotUpdate> updates) {
        long most = count == null ? Long.MAX_VALUE : count;
        return updates.scan(new Seen(null, 0), Seen::and)
                .skip(1)
                .takeUntil(seen -> seen.changes() == most)
                .mapNotNull(Seen::last);
    }

    private static boolean isChange(SlotUpdate update) {
        return update.kind() == SlotUpdate.Kind.CHANGED;
    }

    private void print(SlotUpdate update) {
        output.show(
                json -> SlotOutput.describe(update.slot(), json.put("kind", Arguments.name(update.kind()))),
                () -> SlotOutput.text(update.slot()));
    }

    /** The last update, and how many changes there have been. */
    private record Seen(@Nullable SlotUpdate last, long changes) {
        Seen and(SlotUpdate next) {
            return new Seen(next, changes + (isChange(next) ? 1 : 0));
        }
    }
}
