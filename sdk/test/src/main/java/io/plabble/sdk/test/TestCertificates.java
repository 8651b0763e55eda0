package io.plabble.sdk.test;

import io.plabble.protocol.PlabbleTimestamp;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.CertificateAuthority;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A fresh root, its intermediates and a server certificate (§5), with their keys.
 *
 * @param chain as the server sends it: server, intermediates, root
 * @param identity the server's key pair
 * @param trustStore trusts the root, and the intermediates, which by D8 may not otherwise issue for a foreign name
 */
public record TestCertificates(List<Certificate> chain, IdentityKeyPair identity, TrustStore trustStore) {
    /** Server, one intermediate, root; valid from an hour ago for a day. */
    public static TestCertificates forHost(String host) {
        return builder(host).build();
    }

    /** To choose windows and names. */
    public static Builder builder(String host) {
        return new Builder(host);
    }

    /** The root's certificate. */
    public Certificate root() {
        return chain.get(chain.size() - 1);
    }

    /** Collects what differs from {@link #forHost}. */
    public static final class Builder {
        private final String host;
        private List<String> intermediates = List.of("intermediate.plabble.test");
        private String rootName = "root.plabble.test";
        private Instant validFrom = Instant.now().minus(Duration.ofHours(1));
        private Instant validTo = validFrom.plus(Duration.ofDays(1));

        private Builder(String host) {
            this.host = host;
        }

        /** The intermediates' names, from the root down; none for a server certificate that the root itself has issued. */
        public Builder intermediates(String... names) {
            this.intermediates = List.of(names);
            return this;
        }

        /** The root's name. */
        public Builder root(String name) {
            this.rootName = name;
            return this;
        }

        /** The server certificate's window, in whole seconds, both ends inclusive. The issuers' windows contain it. */
        public Builder valid(Instant from, Instant to) {
            this.validFrom = from;
            this.validTo = to;
            return this;
        }

        /** Makes keys and certificates; waits for entropy the first time in a JVM. */
        public TestCertificates build() {
            CertificateAuthority root = CertificateAuthority.root(
                    IdentityKeyPair.generate(), rootName, PlabbleTimestamp.MIN, PlabbleTimestamp.MAX);
            List<Certificate> issuers = new ArrayList<>(List.of(root.certificate()));
            CertificateAuthority issuer = root;
            for (String name : intermediates) {
                issuer = issuer.intermediate(
                        IdentityKeyPair.generate(), name, PlabbleTimestamp.MIN, PlabbleTimestamp.MAX);
                issuers.add(0, issuer.certificate());
            }
            IdentityKeyPair identity = IdentityKeyPair.generate();
            List<Certificate> chain = new ArrayList<>(issuers);
            chain.add(
                    0,
                    issuer.issue(
                            identity.publicKey(), host, PlabbleTimestamp.of(validFrom), PlabbleTimestamp.of(validTo)));
            TrustStore trust =
                    TrustStore.roots(root.certificate()).withIntermediates(issuers.subList(0, issuers.size() - 1));
            return new TestCertificates(List.copyOf(chain), identity, trust);
        }
    }
}
