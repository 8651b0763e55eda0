package io.plabble.samples.quickstart;

import io.plabble.protocol.PeerText;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.sdk.Authentication;
import io.plabble.sdk.ConnectProgress;
import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.PlabbleSession;
import java.io.PrintStream;
import java.util.Locale;
import reactor.core.publisher.Mono;

/** Prints what happens while connecting, and what has been verified. */
final class Report {
    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    /**
     * Connects twice, shows a bucket, closes; returns the fingerprint of the first session's secret. Blocks: this is a command
     * line.
     */
    String connect(PlabbleClient client) {
        out.println("Connecting:");
        String fingerprint = client.doOnStep(this::step)
                .withSession(session -> Mono.fromCallable(() -> describe(session))
                        .delayUntil(described -> client.withSession(another -> new Tour(out).run(session, another))
                                .then()))
                .blockLast();
        return String.valueOf(fingerprint);
    }

    private void step(ConnectProgress progress) {
        String name = progress.step().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        double millis = progress.elapsed().toNanos() / 1e6;
        out.printf(Locale.ROOT, "  %8.2f ms  %s%n", millis, name);
    }

    private String describe(PlabbleSession session) {
        out.println("Verified:");
        if (session.authentication() instanceof Authentication.ByCertificateChain by) {
            by.chain().forEach(this::certificate);
        }
        String fingerprint = session.sharedSecret().fingerprint();
        out.println("Session:");
        out.println("  remote address        " + session.remoteAddress());
        out.println("  protocol version      " + session.protocolVersion());
        out.println("  encrypted             " + (session.isEncrypted() ? "yes" : "no"));
        out.println("  this end's secret     " + fingerprint + "  (SHA-256)");
        return fingerprint;
    }

    private void certificate(Certificate certificate) {
        out.println("  " + PeerText.printable(certificate.name()));
        out.println("    valid  " + certificate.validFrom() + " to " + certificate.validTo());
        out.println("    key    " + certificate.publicKey());
    }
}
