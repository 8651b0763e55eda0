package io.plabble.samples.cli;

import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.CertificateFiles;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what is in a file. */
@Command(name = "show", description = "Show the certificates of a file; nothing is verified.")
final class CertificateShowCommand implements Subcommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "Certificates, as PEM.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Mixin
    private final Output output;

    CertificateShowCommand(Console console) {
        this.output = new Output(console);
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public Integer call() {
        List<Certificate> certificates = CertificateFiles.read(file);
        certificates.forEach(certificate -> output.show(
                json -> CertificateOutput.describe(certificate, json), () -> CertificateOutput.text(certificate)));
        output.showJson(json -> json.put("certificates", certificates.size()));
        return DONE;
    }
}
