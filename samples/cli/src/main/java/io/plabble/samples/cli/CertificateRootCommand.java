package io.plabble.samples.cli;

import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.CertificateAuthority;
import io.plabble.protocol.certificate.CertificateFiles;
import io.plabble.protocol.crypto.IdentityKeyFiles;
import io.plabble.protocol.crypto.IdentityKeyPair;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a root. */
@Command(name = "root", description = "Make a new root certificate and its private key.")
final class CertificateRootCommand implements Subcommand {
    private static final int USUAL_DAYS = 3650;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The root's name.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(
            names = "--key-out",
            required = true,
            paramLabel = "FILE",
            description = "Where to write the private key, for the owner's eyes only; never overwritten.")
    @SuppressWarnings("NullAway.Init")
    private Path keyOut;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write the certificate.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Mixin
    private final WindowOptions validity = new WindowOptions();

    @Mixin
    private final Output output;

    CertificateRootCommand(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public Integer call() {
        WindowOptions.Window window = validity.window(USUAL_DAYS);
        NewFile.require(keyOut);
        IdentityKeyPair keyPair = IdentityKeyPair.generate();
        try {
            Certificate root = CertificateAuthority.root(keyPair, name, window.from(), window.to())
                    .certificate();
            IdentityKeyFiles.write(keyOut, keyPair);
            CertificateFiles.write(out, List.of(root));
            output.show(json -> CertificateOutput.describe(root, json), () -> CertificateOutput.text(root));
        } finally {
            keyPair.destroy();
        }
        return DONE;
    }
}
