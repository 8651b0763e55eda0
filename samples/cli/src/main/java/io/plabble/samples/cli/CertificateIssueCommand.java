package io.plabble.samples.cli;

import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.CertificateAuthority;
import io.plabble.protocol.certificate.CertificateFiles;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.protocol.crypto.IdentityKeyFiles;
import io.plabble.protocol.crypto.IdentityKeyPair;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Issues a certificate. */
@Command(name = "issue", description = "Issue a certificate, and write it with its issuer's chain.")
final class CertificateIssueCommand implements Subcommand {
    private static final int USUAL_DAYS = 365;
    private static final int USUAL_DAYS_OF_INTERMEDIATES = 1825;

    @Option(
            names = "--issuer",
            required = true,
            paramLabel = "FILE",
            description = "The issuer's chain: its own certificate first, its root last.")
    @SuppressWarnings("NullAway.Init")
    private Path issuer;

    @Option(names = "--issuer-key", required = true, paramLabel = "FILE", description = "The issuer's private key.")
    @SuppressWarnings("NullAway.Init")
    private Path issuerKey;

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "The host name or IP address to certify, or the intermediate's name.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Subject subject;

    @Option(
            names = "--intermediate",
            description = "It is to issue in turn: usually valid for longer, and noted what its clients need.")
    private boolean intermediate;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Where to write the chain: the new certificate first, then the issuer's chain.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Mixin
    private final WindowOptions validity = new WindowOptions();

    @Mixin
    private final Output output;

    CertificateIssueCommand(Console console) {
        this.output = new Output(console);
    }

    /** Whose key is certified. */
    static final class Subject {
        @Option(names = "--key", paramLabel = "FILE", description = "Certify the key of this private key file.")
        private @Nullable Path key;

        @Option(
                names = "--key-out",
                paramLabel = "FILE",
                description = "Make a new key and write it here, for the owner's eyes only; never overwritten.")
        private @Nullable Path keyOut;

        @Option(names = "--public-key", paramLabel = "HEX", description = "Certify this public key.")
        private @Nullable IdentityKey publicKey;

        /** A new key is written once its certificate is there, so that a name that cannot be certified leaves no file behind. */
        Certificate certified(Function<IdentityKey, Certificate> issue) {
            if (publicKey != null) {
                return issue.apply(publicKey);
            }
            if (keyOut != null) {
                NewFile.require(keyOut);
            }
            IdentityKeyPair pair = key == null ? IdentityKeyPair.generate() : IdentityKeyFiles.read(key);
            try {
                Certificate issued = issue.apply(pair.publicKey());
                if (keyOut != null) {
                    IdentityKeyFiles.write(keyOut, pair);
                }
                return issued;
            } finally {
                pair.destroy();
            }
        }
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public Integer call() {
        WindowOptions.Window window = validity.window(intermediate ? USUAL_DAYS_OF_INTERMEDIATES : USUAL_DAYS);
        List<Certificate> issuers = CertificateFiles.read(issuer);
        IdentityKeyPair issuing = IdentityKeyFiles.read(issuerKey);
        try {
            CertificateAuthority authority = CertificateAuthority.of(issuers.get(0), issuing);
            Certificate issued = subject.certified(key -> authority.issue(key, name, window.from(), window.to()));
            CertificateFiles.write(
                    out, Stream.concat(Stream.of(issued), issuers.stream()).toList());
            output.show(json -> CertificateOutput.describe(issued, json), () -> CertificateOutput.text(issued));
        } finally {
            issuing.destroy();
        }
        if (intermediate) {
            output.note("clients let it issue for other names than its own and its subdomains only if they trust it by"
                    + " --intermediate");
        }
        return DONE;
    }
}
