package io.plabble.sdk.internal;

import io.plabble.protocol.PlabbleTimestamp;
import io.plabble.protocol.certificate.CertificateAuthority;
import io.plabble.protocol.certificate.CertificateVerifier;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.packet.ConnectRequest;
import io.plabble.sdk.Encryption;
import io.plabble.testsupport.Bytes;
import io.plabble.testsupport.Frames;
import io.plabble.testsupport.fuzz.Choices;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A server that holds every key there is, the root's too, and signs whatever chain and answer it is told to. */
final class SigningServer {
    private static final String HOST = "node.peer.example";
    private static final List<String> NAMES = List.of(HOST, "peer.example", "root.example", "other.example", "a b", "");
    private static final int FROM = 1_000;
    private static final int TO = 2_000;
    private static final int ROOT = 2;
    private static final int KEYS = 3;
    private static final int MOST_CERTIFICATES = 10;
    private static final int NOW = 1_500;

    private final List<IdentityKeyPair> keys =
            IntStream.range(0, KEYS).mapToObj(SigningServer::identity).toList();
    private final Settings settings;

    SigningServer() {
        TrustStore trust = TrustStore.roots(CertificateAuthority.root(
                        keys.get(ROOT), NAMES.get(ROOT), new PlabbleTimestamp(FROM), new PlabbleTimestamp(TO))
                .certificate());
        settings = Settings.of(Endpoint.tcp(HOST, 4242))
                .withEncryption(Encryption.ON)
                .withOrigins(origins -> origins.withKeyPairs(random -> session(1)))
                .withVerification(how -> how.withTrust(() -> trust)
                        .withClock(Clock.fixed(new PlabbleTimestamp(NOW).toInstant(), ZoneOffset.UTC)));
    }

    Settings settings() {
        return settings;
    }

    /** @param isValid whether a client must accept it, and else must not */
    record Answer(byte[] bytes, boolean isValid) {}

    /** What the choices say about one certificate. */
    private record Issued(int key, int issuer, int name, int from, int to) {
        static Issued of(Choices choices) {
            boolean usual = choices.isTrue();
            return new Issued(
                    choices.below(KEYS),
                    choices.below(KEYS),
                    choices.below(NAMES.size()),
                    usual ? FROM : choices.i32(),
                    usual ? TO : choices.i32());
        }

        boolean isInTime() {
            return from >= 0 && from <= NOW && (to < 0 || to >= NOW); // unsigned
        }
    }

    Answer answer(Choices choices) {
        byte[] serverKey = choices.isTrue()
                ? choices.bytes(SessionKeyPair.LENGTH)
                : session(2).publicKey();
        boolean wellKeyed = serverKey.length == SessionKeyPair.LENGTH;
        int signer = choices.below(KEYS);
        List<Issued> chain = new ArrayList<>();
        for (int left = choices.below(MOST_CERTIFICATES + 1); left > 0; left--) {
            chain.add(Issued.of(choices));
        }
        ConnectRequest request = ConnectExchange.request(session(1), true, true);
        byte[] signature = keys.get(signer).sign(Bytes.join(request.encoded(), serverKey));
        byte[] certificates = Bytes.join(chain.stream().map(this::certificate).toArray(byte[][]::new));
        byte[] packet = Bytes.join(new byte[3], serverKey, signature, certificates);
        return new Answer(Frames.withLength(packet), wellKeyed && agrees(serverKey) && isValid(chain, signer));
    }

    private static boolean agrees(byte[] serverKey) {
        byte[] masked = serverKey.clone();
        masked[SessionKeyPair.LENGTH - 1] &= 0x7f;
        return !Arrays.equals(masked, session(1).publicKey())
                && session(1).agree(serverKey).isPresent();
    }

    /** The rules of §5, for the few names and keys that there are. */
    private static boolean isValid(List<Issued> chain, int signer) {
        if (chain.isEmpty() || chain.size() > CertificateVerifier.DEFAULT_MAX_CERTIFICATES) {
            return false;
        }
        if (chain.get(0).key != signer || chain.get(0).name != 0) {
            return false;
        }
        int last = chain.size() - 1;
        Issued root = chain.get(last);
        if (root.key != ROOT || root.name != ROOT || root.issuer != ROOT) {
            return false;
        }
        for (int i = 0; i < chain.size(); i++) {
            Issued certificate = chain.get(i);
            if (!certificate.isInTime() || (i < last && certificate.issuer != chain.get(i + 1).key)) {
                return false;
            }
            if (i > 0 && i < last && !mayIssue(certificate.name, chain.get(i - 1).name)) {
                return false;
            }
        }
        return true;
    }

    private static boolean mayIssue(int issuer, int subject) {
        return issuer == subject || NAMES.get(subject).endsWith("." + NAMES.get(issuer));
    }

    private byte[] certificate(Issued issued) {
        byte[] name = NAMES.get(issued.name).getBytes(StandardCharsets.UTF_8);
        ByteBuffer fields = ByteBuffer.allocate(40)
                .put(keys.get(issued.key).publicKey().bytes())
                .putInt(issued.from)
                .putInt(issued.to);
        byte[] signature = keys.get(issued.issuer).sign(Bytes.join(fields.array(), name));
        return Bytes.join(new byte[] {(byte) (104 + name.length)}, fields.array(), signature, name);
    }

    /** Chains of none, one, two and three, valid where they can be. */
    static Stream<byte[]> choices() {
        byte[] server = {1, 0, ROOT, 0};
        byte[] serverByPeer = {1, 0, 1, 0};
        byte[] peer = {1, 1, ROOT, 1};
        byte[] root = {1, ROOT, ROOT, ROOT};
        return Stream.of(
                new byte[] {0, 0, 0},
                Bytes.join(new byte[] {0, ROOT, 1}, root),
                Bytes.join(new byte[] {0, 0, 2}, server, root),
                Bytes.join(new byte[] {0, 0, 3}, serverByPeer, peer, root),
                Bytes.join(
                        new byte[] {0, 0, 3}, serverByPeer, peer, new byte[] {0, ROOT, ROOT, ROOT, 0, 0, 3, (byte) 0xe8
                        }),
                Bytes.join(new byte[] {1}, session(2).publicKey(), new byte[] {0, 2}, server, root),
                Bytes.join(new byte[] {1}, session(1).publicKey(), new byte[] {0, 2}, server, root),
                Bytes.join(new byte[] {1}, new byte[SessionKeyPair.LENGTH], new byte[] {0, 2}, server, root));
    }

    private static IdentityKeyPair identity(int number) {
        byte[] seed = new byte[IdentityKeyPair.SEED_LENGTH];
        seed[0] = (byte) number;
        return IdentityKeyPair.ofSeed(seed);
    }

    private static SessionKeyPair session(int number) {
        byte[] privateKey = new byte[SessionKeyPair.LENGTH];
        privateKey[0] = (byte) (number << 3);
        return SessionKeyPair.ofPrivateKey(privateKey);
    }
}
