package io.plabble.samples.cli;

import io.plabble.protocol.Slot;
import io.plabble.protocol.SlotRange;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the filled slots of a range. */
@Command(
        name = "read",
        description = {
            "Print the filled slots of a bucket, one INDEX<TAB>CONTENT per line: text escaped, other bytes in hexadecimal after 0x.",
            "With --json, each slot has 'index', 'size' and 'text' or 'base64', and a last object has 'slots', their number."
        })
final class ReadCommand implements Subcommand {
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

    @Option(names = "--raw", description = "Write the bytes of the slots and nothing else.")
    private boolean raw;

    @Mixin
    private final Output output;

    ReadCommand(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public Integer call() {
        if (raw && output.isJson()) {
            throw new ParameterException(command.commandLine(), "--raw and --json exclude each other");
        }
        Long slots = bucket.withBucket(output, target -> target.read(range))
                .doOnNext(this::print)
                .count()
                .block();
        output.showJson(json -> json.put("slots", Objects.requireNonNull(slots)));
        return DONE;
    }

    private void print(Slot slot) {
        if (raw) {
            output.out().writeBytes(slot.bytes());
            output.out().flush();
        } else {
            output.show(json -> SlotOutput.describe(slot, json), () -> SlotOutput.text(slot));
        }
    }
}
