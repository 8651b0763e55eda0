package io.plabble.samples.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes a bucket. Its key file stays; it opens nothing any more. */
@Command(name = "delete", description = "Delete a bucket and everything in it.")
final class DeleteCommand implements Subcommand {
    @Mixin
    private final BucketOptions bucket = new BucketOptions();

    @Mixin
    private final Output output;

    DeleteCommand(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public Integer call() {
        bucket.withBucket(output, target -> target.delete().thenReturn(target.id()))
                .doOnNext(id -> output.showJson(json -> json.put("bucket", id.hex())))
                .blockLast();
        return DONE;
    }
}
