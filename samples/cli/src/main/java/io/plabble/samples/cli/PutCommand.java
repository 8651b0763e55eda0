package io.plabble.samples.cli;

import io.plabble.protocol.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reactor.core.publisher.Mono;

/** Fills one slot. */
@Command(name = "put", description = "Fill a slot of a bucket.")
final class PutCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private final BucketOptions bucket = new BucketOptions();

    @Parameters(index = "1", paramLabel = "INDEX", description = "The slot, 0 to 65535.")
    private int index;

    @Parameters(index = "2", arity = "0..1", paramLabel = "CONTENT", description = "Text; stored in UTF-8.")
    private @Nullable String content;

    @Mixin
    private final ContentOptions source = new ContentOptions();

    @Mixin
    private final Output output;

    PutCommand(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public Integer call() {
        if (index < 0 || index > Slot.LAST_INDEX) {
            throw new ParameterException(
                    command.commandLine(), "INDEX: " + index + " is outside 0 to " + Slot.LAST_INDEX);
        }
        List<String> given = content == null ? List.of() : List.of(content);
        Mono<Slot> slot = source.contents(given, output.in()).map(contents -> Slot.of(index, contents.get(0)));
        bucket.withBucket(output, slot, (target, filled) -> target.put(filled).thenReturn(filled))
                .doOnNext(filled -> output.showJson(
                        json -> json.put("index", filled.index()).put("size", filled.length())))
                .blockLast();
        return DONE;
    }
}
