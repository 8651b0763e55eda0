package io.plabble.samples.quickstart;

import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.test.PlabbleTestServer;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Connects, prints what was verified, and shows a bucket: without arguments with an embedded server, with {@code host port
 * roots.pem} with a real one, where the bucket is not persisted and is deleted in the end.
 */
public final class Quickstart {
    private static final String USAGE = "usage: quickstart [host port roots.pem]";

    private Quickstart() {}

    public static void main(String[] arguments) {
        int status = run(arguments, System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** 0 done, 1 refused or failed, 2 wrong usage. */
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            if (arguments.length == 0) {
                toAnEmbeddedServer(out);
            } else if (arguments.length == 3) {
                toARealServer(arguments[0], port(arguments[1]), Path.of(arguments[2]), out);
            } else {
                throw new UsageException(arguments.length + " arguments where none or three belong");
            }
            return 0;
        } catch (UsageException e) {
            err.println(e.getMessage() + "; " + USAGE);
            return 2;
        } catch (PlabbleException e) {
            err.println(e.reason() + ": " + e.getMessage());
            return 1;
        }
    }

    private static void toAnEmbeddedServer(PrintStream out) {
        try (PlabbleTestServer server = PlabbleTestServer.start()) {
            out.println("An embedded Plabble server listens on " + server.host() + ":" + server.port());
            PlabbleClient client =
                    PlabbleClient.create(server.host(), server.port()).trust(server.trustStore());
            String fingerprint = new Report(out).connect(client);
            boolean same = server.sessions().get(0).fingerprint().equals(fingerprint);
            out.println("Compared:");
            out.println("  the server's secret   " + server.sessions().get(0).fingerprint()
                    + (same ? "  – the same" : "  – NOT THE SAME"));
        }
        out.println("Closed.");
    }

    private static void toARealServer(String host, int port, Path roots, PrintStream out) {
        new Report(out).connect(PlabbleClient.create(host, port).trust(TrustStore.roots(roots)));
        out.println("Closed.");
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new UsageException("\"" + text + "\" is no port", e);
        }
    }

    private static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }

        UsageException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
