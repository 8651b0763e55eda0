package io.plabble.sdk.benchmarks.load.connect;

import io.plabble.sdk.benchmarks.load.Latency;
import io.plabble.sdk.benchmarks.load.Load;
import java.security.SecureRandom;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import reactor.core.publisher.Mono;

/**
 * The floor: what BouncyCastle takes for a client's part of a handshake (§4): a key pair, an agreement, and as many verifications as
 * the chain has certificates, each with the decoding of its key. (One link fewer than certificates, since the root is stored, and
 * the signature over CONNECT.)
 */
public final class ConnectCryptography implements Load {
    private static final int CONNECT_CONTENT = 66;

    private final SecureRandom random = new SecureRandom();
    private final int verifications;
    private final byte[] identityKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
    private final byte[] content = new byte[CONNECT_CONTENT];
    private final byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    private final byte[] serverKey = new byte[X25519.POINT_SIZE];

    /** @param arguments how many certificates */
    public ConnectCryptography(List<String> arguments) {
        this.verifications = Integer.parseInt(arguments.get(0));
        byte[] identity = new byte[Ed25519.SECRET_KEY_SIZE];
        Ed25519.generatePrivateKey(random, identity);
        Ed25519.generatePublicKey(identity, 0, identityKey, 0);
        Ed25519.sign(identity, 0, content, 0, content.length, signature, 0);
        byte[] server = new byte[X25519.SCALAR_SIZE];
        X25519.generatePrivateKey(random, server);
        X25519.generatePublicKey(server, 0, serverKey, 0);
    }

    @Override
    public Mono<Void> once(Histogram latencies) {
        return Latency.record(Mono.fromRunnable(this::handshake), latencies);
    }

    private void handshake() {
        byte[] privateKey = new byte[X25519.SCALAR_SIZE];
        byte[] publicKey = new byte[X25519.POINT_SIZE];
        byte[] secret = new byte[X25519.POINT_SIZE];
        X25519.generatePrivateKey(random, privateKey);
        X25519.generatePublicKey(privateKey, 0, publicKey, 0);
        for (int i = 0; i < verifications; i++) {
            require(Ed25519.verify(signature, 0, identityKey, 0, content, 0, content.length));
        }
        require(X25519.calculateAgreement(privateKey, 0, serverKey, 0, secret, 0));
    }

    private static void require(boolean held) {
        if (!held) {
            throw new IllegalStateException("the floor is not what it should be");
        }
    }
}
