package io.plabble.sdk.benchmarks.load.request;

import io.plabble.protocol.internal.crypto.ChaCha20Poly1305Aead;
import io.plabble.protocol.internal.crypto.Engines;
import io.plabble.protocol.internal.crypto.HkdfSha256;
import io.plabble.protocol.internal.crypto.Sha256;
import io.plabble.sdk.Encryption;
import io.plabble.sdk.benchmarks.load.Latency;
import io.plabble.sdk.benchmarks.load.Load;
import java.util.List;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;

/**
 * The floor: the primitives that §7 asks of a client for a read of one slot, or the write of one, the request sealed and the answer opened, by the SDK's own choice
 * of implementations. Both directions take as long, since nothing depends on the bits.
 */
public final class RequestCryptography implements Load {
    private static final byte[] NONCE = new byte[12];
    private static final int KEY_LENGTH = 32;
    private static final int REQUEST_HEADER = 17;
    private static final int RESPONSE_HEADER = 3;
    private static final int BUCKET_KEY = 32;
    private static final int SHORT_BODY = 4;
    private static final int SLOT_OVERHEAD = 4;

    private final boolean encrypted;
    private final byte[] longBody;
    private final byte[] shortBody = new byte[SHORT_BODY];
    private final HkdfSha256 hkdf = HkdfSha256.extract(new byte[0], new byte[KEY_LENGTH]);
    private final Engines engines = Engines.ofThisThread(); // the one that runs all of the load
    private final byte[] requestHeader = new byte[REQUEST_HEADER];
    private final byte[] responseHeader = new byte[RESPONSE_HEADER];
    private final byte[] bucketKey = new byte[BUCKET_KEY];
    private final byte[] info = new byte[3];

    /** @param arguments the encryption, and how many bytes the slot has */
    public RequestCryptography(List<String> arguments) {
        encrypted = Encryption.valueOf(arguments.get(0)) == Encryption.ON;
        longBody = new byte[SLOT_OVERHEAD + Integer.parseInt(arguments.get(1))];
    }

    @Override
    public Mono<Void> once(Histogram latencies) {
        return Latency.record(Mono.fromRunnable(encrypted ? this::encryptedMode : this::macMode), latencies);
    }

    private void macMode() {
        engines.poly1305().mac(key(), requestHeader, Sha256.digest(shortBody), bucketKey);
        engines.poly1305().mac(key(), responseHeader, Sha256.digest(longBody));
    }

    private void encryptedMode() {
        engines.chaCha20().apply(key(), NONCE, requestHeader, requestHeader.length);
        seal(new byte[][] {requestHeader, bucketKey}, shortBody);
        engines.chaCha20().apply(key(), NONCE, responseHeader, responseHeader.length);
        seal(new byte[][] {responseHeader}, longBody);
    }

    private void seal(byte[][] associated, byte[] body) {
        byte[] sealed = new byte[body.length + ChaCha20Poly1305Aead.TAG_LENGTH];
        engines.aead().seal(key(), NONCE, associated, body, sealed, 0);
    }

    /** Another one each time, for the JDK refuses to take one again. */
    private byte[] key() {
        info[0]++;
        info[1] += info[0] == 0 ? 1 : 0;
        return hkdf.expand(info, KEY_LENGTH);
    }
}
