package io.plabble.samples.cli;

import io.plabble.protocol.PeerText;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.CertificateFiles;
import io.plabble.protocol.certificate.CertificateVerifier;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies a chain as a client would. */
@Command(name = "verify", description = "Verify a certificate chain for a host, as a client does while connecting.")
final class CertificateVerifyCommand implements Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "The chain: the server's certificate first, its root last.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--host", required = true, paramLabel = "NAME", description = "The host to be verified.")
    @SuppressWarnings("NullAway.Init")
    private String host;

    @Mixin
    private final TrustOptions trust = new TrustOptions();

    @Mixin
    private final Output output;

    CertificateVerifyCommand(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public Integer call() {
        if (!trust.isGiven()) {
            throw new ParameterException(command.commandLine(), "whom to trust? Give --trust FILE");
        }
        List<Certificate> chain = CertificateFiles.read(file);
        new CertificateVerifier(trust.store(), trust.clockSkew(), CertificateVerifier.DEFAULT_MAX_CERTIFICATES)
                .verify(chain, host, trust.clock().instant());
        output.show(
                json -> json.put("host", host).put("certificates", chain.size()),
                () -> "Valid for " + PeerText.printable(host) + ".");
        return DONE;
    }
}
