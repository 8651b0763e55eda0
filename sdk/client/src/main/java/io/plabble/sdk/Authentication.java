package io.plabble.sdk;

import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.crypto.IdentityKey;
import java.util.List;
import java.util.Optional;

/** How the server of a session was authenticated. */
public sealed interface Authentication {
    /** The identity key that signed this session's CONNECT; empty only for {@link None}. */
    Optional<IdentityKey> identityKey();

    /**
     * By a certificate chain that is valid for the host (§5).
     *
     * @param chain as presented: server, intermediates, root; at least one
     * @param pinned whether the server's key was also one of the pinned
     */
    record ByCertificateChain(List<Certificate> chain, boolean pinned) implements Authentication {
        public ByCertificateChain {
            chain = List.copyOf(chain);
        }

        /** The server's own certificate. */
        public Certificate serverCertificate() {
            return chain.get(0);
        }

        @Override
        public Optional<IdentityKey> identityKey() {
            return Optional.of(serverCertificate().publicKey());
        }
    }

    /**
     * By a pinned identity key, without certificates.
     *
     * @param key the one of the pinned keys that signed
     */
    record ByPinnedKey(IdentityKey key) implements Authentication {
        @Override
        public Optional<IdentityKey> identityKey() {
            return Optional.of(key);
        }
    }

    /** Not at all: the caller asked for an unauthenticated session, and anybody may be at the other end. */
    record None() implements Authentication {
        @Override
        public Optional<IdentityKey> identityKey() {
            return Optional.empty();
        }
    }
}
