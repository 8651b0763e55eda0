package io.plabble.sdk.internal;

import io.netty.handler.ssl.NotSslRecordException;
import io.plabble.protocol.PeerText;
import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Says in one sentence why a TLS handshake failed, and what to do; the JDK and OpenSSL bury it in chains of causes. */
final class TlsFailures {
    private static final int DEEPEST = 20;

    private TlsFailures() {}

    /** Whether it can be nothing else, at whatever step it came. */
    static boolean isOne(Throwable error) {
        return cause(error, SSLException.class).isPresent();
    }

    /** The connection broke before TLS could find anything wrong: so it is when a server goes down. */
    static boolean isCutOff(Throwable error) {
        return cause(error, NotSslRecordException.class).isEmpty()
                && cause(error, GeneralSecurityException.class).isEmpty()
                && (cause(error, ClosedChannelException.class).isPresent()
                        || says(error, "closed while")
                        || says(error, "reset"));
    }

    static String describe(Throwable error, Endpoint endpoint) {
        if (cause(error, NotSslRecordException.class).isPresent()) {
            return "the server does not speak TLS on this port; is secure() right, and the port?";
        }
        if (cause(error, CertificateExpiredException.class).isPresent()) {
            return "a TLS certificate of the server has expired";
        }
        if (cause(error, CertificateNotYetValidException.class).isPresent()) {
            return "a TLS certificate of the server is not valid yet";
        }
        if (cause(error, CertPathBuilderException.class).isPresent()
                || cause(error, CertPathValidatorException.class).isPresent()) {
            return "the server's TLS certificate is not trusted: no authority in the trust store has issued it;"
                    + " give secure(…) the right one" + innermost(error);
        }
        if (isAboutTheName(error)) {
            return "the server's TLS certificate is not for " + endpoint.verifiedHost() + "; see serverName(…)"
                    + innermost(error);
        }
        if (cause(error, CertificateException.class).isPresent()) {
            return "the server's TLS certificate was refused" + innermost(error);
        }
        if (isCutOff(error)) {
            return "the server closed or reset the connection during the TLS handshake; does it speak TLS on this port?";
        }
        if (isAboutTheClientsCertificate(error)) {
            return "the server wants a client certificate that it trusts; give secure(…) one" + innermost(error);
        }
        if (isAboutTheProtocol(error)) {
            return "the server speaks no TLS version or cipher suite that this client does, or wants a client certificate"
                    + innermost(error);
        }
        return "TLS failed" + innermost(error);
    }

    private static boolean isAboutTheName(Throwable error) {
        return cause(error, CertificateException.class).isPresent()
                && (says(error, "no subject alternative")
                        || says(error, "no name matching")
                        || says(error, "not match"));
    }

    /** An alert of the server: what this end finds wrong with a certificate is a {@link CertificateException}. */
    private static boolean isAboutTheClientsCertificate(Throwable error) {
        return says(error, "certificate_required")
                || says(error, "bad_certificate")
                || says(error, "certificate_unknown")
                || says(error, "unknown_ca");
    }

    private static boolean isAboutTheProtocol(Throwable error) {
        return says(error, "protocol_version")
                || says(error, "protocol version")
                || says(error, "handshake_failure")
                || says(error, "handshake failure")
                || says(error, "no appropriate protocol")
                || says(error, "unsupported protocol");
    }

    /** The JDK and OpenSSL tell these causes apart by text only. */
    private static boolean says(Throwable error, String words) {
        return causes(error)
                .anyMatch(cause -> String.valueOf(cause.getMessage())
                        .toLowerCase(Locale.ROOT)
                        .contains(words));
    }

    private static <T extends Throwable> Optional<T> cause(Throwable error, Class<T> type) {
        return causes(error).filter(type::isInstance).map(type::cast).findFirst();
    }

    /** What the library says, which may quote the peer. */
    private static String innermost(Throwable error) {
        return causes(error)
                .reduce((outer, inner) -> inner)
                .map(cause -> " (" + PeerText.printable(String.valueOf(cause.getMessage())) + ")")
                .orElse("");
    }

    private static Stream<Throwable> causes(Throwable error) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST);
    }
}
