package io.plabble.samples.cli;

import io.plabble.protocol.SlotRange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reactor.core.publisher.Mono;

/** Empties slots; all of them only if told so by name. */
@Command(name = "wipe", description = "Empty slots of a bucket.")
final class WipeCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private final BucketOptions bucket = new BucketOptions();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "RANGE",
            description = "Such as 5, 5..9 (both included) or 5..")
    private @Nullable SlotRange range;

    @Option(names = "--all", description = "Empty the whole bucket.")
    private boolean all;

    @Mixin
    private final Output output;

    WipeCommand(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public Integer call() {
        SlotRange wiped = range();
        bucket.withBucket(output, target -> target.wipe(wiped).then(Mono.just(wiped)))
                .doOnNext(done -> output.showJson(json -> json.put("range", done.toString())))
                .blockLast();
        return DONE;
    }

    private SlotRange range() {
        if (all == (range != null)) {
            throw new ParameterException(
                    command.commandLine(), "which slots? Give RANGE, or --all for the whole bucket");
        }
        return range == null ? SlotRange.all() : range;
    }
}
