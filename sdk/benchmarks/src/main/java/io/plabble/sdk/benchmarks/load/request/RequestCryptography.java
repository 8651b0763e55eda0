package io.plabble.sdk.benchmarks.load.request;

import io.plabble.protocol.internal.crypto.ChaCha20;
import io.plabble.protocol.internal.crypto.ChaCha20Poly1305Aead;
import io.plabble.protocol.internal.crypto.HkdfSha256;
import io.plabble.protocol.internal.crypto.Poly1305Mac;
import io.plabble.protocol.internal.crypto.Sha256;
import io.plabble.sdk.Encryption;
import io.plabble.sdk.benchmarks.load.Load;
import java.security.MessageDigest;
import java.util.List;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;

/**
 * The floor: the primitives that §7 asks of a client for a read of one slot, or the write of one, the request sealed and the answer opened, by the SDK's own choice
 * of implementations. Both directions take as long, since nothing depends on the bits.
 */
public final class RequestCryptography implements Load {
    private static final byte[] NONCE = new byte[12];
    private static final byte[] INFO = new byte[3];
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
    private final MessageDigest sha256 = Sha256.newDigest();
    private final Poly1305Mac poly1305 = new Poly1305Mac();
    private final ChaCha20 chaCha20 = new ChaCha20();
    private final ChaCha20Poly1305Aead aead = new ChaCha20Poly1305Aead();
    private final byte[] requestHeader = new byte[REQUEST_HEADER];
    private final byte[] responseHeader = new byte[RESPONSE_HEADER];
    private final byte[] authenticated = new byte[REQUEST_HEADER + BUCKET_KEY];

    /** @param arguments the encryption, and how many bytes the slot has */
    public RequestCryptography(List<String> arguments) {
        encrypted = Encryption.valueOf(arguments.get(0)) == Encryption.ON;
        longBody = new byte[SLOT_OVERHEAD + Integer.parseInt(arguments.get(1))];
    }

    @Override
    public Mono<Void> once(Histogram latencies) {
        return Mono.fromRunnable(encrypted ? this::encryptedMode : this::macMode);
    }

    private void macMode() {
        poly1305.mac(key(), authenticated, sha256.digest(shortBody));
        poly1305.mac(key(), responseHeader, sha256.digest(longBody));
    }

    private void encryptedMode() {
        byte[] sealing = key();
        chaCha20.apply(key(), NONCE, requestHeader, requestHeader.length);
        aead.seal(sealing, NONCE, authenticated, shortBody);
        byte[] opening = key();
        chaCha20.apply(key(), NONCE, responseHeader, responseHeader.length);
        aead.seal(opening, NONCE, responseHeader, longBody);
        INFO[0]++; // a key and a nonce are taken once only
    }

    private byte[] key() {
        INFO[1]++;
        return hkdf.expand(INFO, KEY_LENGTH);
    }
}
