package io.plabble.samples.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import reactor.core.publisher.Mono;

/** Fills the next slots. */
@Command(name = "append", description = "Fill the slots after a bucket's last filled one; all or none.")
final class AppendCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private final BucketOptions bucket = new BucketOptions();

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "CONTENT",
            description = "Text, one slot each; stored in UTF-8.")
    private List<String> contents = List.of();

    @Option(names = "--lines", description = "Make each line of the file or of standard input a slot.")
    private boolean lines;

    @Mixin
    private final ContentOptions source = new ContentOptions();

    @Mixin
    private final Output output;

    AppendCommand(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public Integer call() {
        if (lines && !contents.isEmpty()) {
            throw new ParameterException(command.commandLine(), "--lines is for --file and standard input");
        }
        Mono<List<byte[]>> slots = source.contents(contents, output.in()).map(all -> lines ? lines(all.get(0)) : all);
        bucket.withBucket(output, slots, (target, added) -> target.append(added).thenReturn(added.size()))
                .doOnNext(added -> output.showJson(json -> json.put("slots", added)))
                .blockLast();
        return DONE;
    }

    /** In bytes, so that a line need not be text; what follows the last line feed is a line if there is anything. */
    static List<byte[]> lines(byte[] content) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n') {
                boolean carriageReturn = i > from && content[i - 1] == '\r';
                lines.add(Arrays.copyOfRange(content, from, carriageReturn ? i - 1 : i));
                from = i + 1;
            }
        }
        if (from < content.length) {
            lines.add(Arrays.copyOfRange(content, from, content.length));
        }
        return lines;
    }
}
