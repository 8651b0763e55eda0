package io.plabble.sdk.hostile;

import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.packet.ConnectRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Who takes part in every row: always the same, so that a row fails the same way twice and its answer can be made beforehand. */
public final class Parties {
    /** The server that is asked for. */
    public static final String HOST = "node.plabble.example";

    /** What time it is. */
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    static final IdentityKeyPair ROOT = identity(1);
    static final IdentityKeyPair INTERMEDIATE = identity(2);
    static final IdentityKeyPair SERVER = identity(3);
    static final IdentityKeyPair STRANGER = identity(4);

    /** Its name gives it the right to issue for {@link #HOST} (D8). */
    static final String INTERMEDIATE_NAME = "plabble.example";

    static final String ROOT_NAME = "root.example";

    private static final byte[] CLIENT_PRIVATE_KEY = Bytes.filled(SessionKeyPair.LENGTH, 5);
    private static final byte[] SERVER_PRIVATE_KEY = Bytes.filled(SessionKeyPair.LENGTH, 6);

    private Parties() {}

    static IdentityKeyPair identity(int number) {
        return IdentityKeyPair.ofSeed(Bytes.filled(IdentityKeyPair.SEED_LENGTH, number));
    }

    /** The client's private key of every session. */
    public static byte[] clientPrivateKey() {
        return CLIENT_PRIVATE_KEY.clone();
    }

    /** The client's key pair, to be erased by its session. */
    public static SessionKeyPair clientKeyPair() {
        return SessionKeyPair.ofPrivateKey(CLIENT_PRIVATE_KEY);
    }

    /** The server's key pair of every session whose row does not say otherwise. */
    public static SessionKeyPair serverKeyPair() {
        return SessionKeyPair.ofPrivateKey(SERVER_PRIVATE_KEY);
    }

    /** Somebody else's, of another session. */
    static SessionKeyPair otherKeyPair() {
        return SessionKeyPair.ofPrivateKey(Bytes.filled(SessionKeyPair.LENGTH, 7));
    }

    /** What a client that asks for a chain sends, or one that does not. Without Length. */
    static byte[] request(boolean chain) {
        return new ConnectRequest(true, chain, clientKeyPair().publicKey()).encoded();
    }

    /** Whether the bytes, with Length, are what a client sends. */
    public static boolean isRequest(byte[] bytes) {
        return Stream.of(true, false)
                .map(chain -> Wire.packet(request(chain)).bytes())
                .anyMatch(request -> Arrays.equals(request, bytes));
    }

    static ForgedCertificate root() {
        return new ForgedCertificate(ROOT_NAME, ROOT, ROOT);
    }

    static ForgedCertificate intermediate() {
        return new ForgedCertificate(INTERMEDIATE_NAME, INTERMEDIATE, ROOT);
    }

    static ForgedCertificate server() {
        return new ForgedCertificate(HOST, SERVER, INTERMEDIATE);
    }

    /** A server's certificate that the root itself has issued. */
    static ForgedCertificate serverOfRoot(String name) {
        return new ForgedCertificate(name, SERVER, ROOT);
    }

    static TrustStore trust() {
        return TrustStore.empty().withRoots(List.of(Certificate.parse(root().encoded())));
    }

    /** A store that also trusts an intermediate with this name and key. */
    static TrustStore trustWithIntermediate(String name, IdentityKeyPair key) {
        return trust().withIntermediates(List.of(Certificate.parse(new ForgedCertificate(name, key, ROOT).encoded())));
    }
}
