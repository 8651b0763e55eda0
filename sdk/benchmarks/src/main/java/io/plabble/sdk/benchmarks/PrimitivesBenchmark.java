package io.plabble.sdk.benchmarks;

import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.packet.BucketRequest;
import io.plabble.protocol.internal.packet.Response;
import io.plabble.protocol.internal.protection.PacketProtection;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.ChaCha7539Engine;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What protects a packet after CONNECT (§7): each primitive by those who offer it, the JDK and BouncyCastle, and the protection that the SDK
 * makes of them. Run it with {@code -prof gc}, for what is allocated, on each JDK.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PrimitivesBenchmark {
    private static final int KEY_LENGTH = 32;
    private static final int TAG_LENGTH = 16;
    private static final byte[] NONCE = new byte[12];

    /** HKDF-Expand of one key: HMAC-SHA256 of four bytes. */
    @State(Scope.Thread)
    public static class Expansion {
        private final byte[] info = {0, 1, 0, 1};
        private final byte[] pad = new byte[64];
        private final Mac jdk = jdk();
        private final MessageDigest sha256 = sha256();
        private final HMac bouncyCastle = new HMac(new SHA256Digest());

        /** Under a key of zeros. */
        @Setup
        public void begin() throws GeneralSecurityException {
            jdk.init(new SecretKeySpec(new byte[KEY_LENGTH], "HmacSHA256"));
            bouncyCastle.init(new KeyParameter(new byte[KEY_LENGTH]));
        }

        private static Mac jdk() {
            try {
                return Mac.getInstance("HmacSHA256");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Benchmark
    public byte[] expandByMacOfJdk(Expansion with) {
        return with.jdk.doFinal(with.info);
    }

    /** As the SDK does it. */
    @Benchmark
    public byte[] expandByDigestOfJdk(Expansion with) {
        with.sha256.update(with.pad);
        byte[] inner = with.sha256.digest(with.info);
        with.sha256.update(with.pad);
        return with.sha256.digest(inner);
    }

    @Benchmark
    public byte[] expandByBouncyCastle(Expansion with) {
        byte[] key = new byte[KEY_LENGTH];
        with.bouncyCastle.update(with.info, 0, with.info.length);
        with.bouncyCastle.doFinal(key, 0);
        return key;
    }

    /** A header to be encrypted, and what is authenticated in MAC mode: a header, a digest and a bucket key. */
    @State(Scope.Thread)
    public static class Header {
        private final Keys keys = new Keys();
        private final byte[] header = new byte[BucketRequest.HEADER_LENGTH];
        private final byte[] authenticated = new byte[header.length + 2 * KEY_LENGTH];
        private final ChaCha7539Engine bouncyCastle = new ChaCha7539Engine();
        private final Poly1305 poly1305 = new Poly1305();
        private final Cipher jdk = cipher("ChaCha20");
    }

    @Benchmark
    public byte[] headerByBouncyCastle(Header with) {
        byte[] encrypted = new byte[with.header.length];
        with.bouncyCastle.init(true, new ParametersWithIV(new KeyParameter(with.keys.next()), NONCE));
        with.bouncyCastle.processBytes(with.header, 0, with.header.length, encrypted, 0);
        return encrypted;
    }

    @Benchmark
    public byte[] headerByJdk(Header with) throws GeneralSecurityException {
        with.jdk.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(with.keys.next(), "ChaCha20"),
                new ChaCha20ParameterSpec(NONCE, 0));
        return with.jdk.doFinal(with.header);
    }

    @Benchmark
    public byte[] macByBouncyCastle(Header with) {
        byte[] mac = new byte[TAG_LENGTH];
        with.poly1305.init(new KeyParameter(with.keys.next()));
        with.poly1305.update(with.authenticated, 0, with.authenticated.length);
        with.poly1305.doFinal(mac, 0);
        return mac;
    }

    /** A body, and what either AEAD has made of it. */
    @State(Scope.Thread)
    public static class Body {
        @Param({"64", "1024", "16384", "1048576"})
        public int size = 64;

        private final Keys keys = new Keys();
        private final byte[] associatedData = new byte[BucketRequest.HEADER_LENGTH];
        private final ChaCha20Poly1305 bouncyCastle = new ChaCha20Poly1305();
        private final Cipher jdk = cipher("ChaCha20-Poly1305");
        private byte[] plain = {};
        private byte[][] sealed = {};

        /** Of zeros. */
        @Setup
        public void seal() throws InvalidCipherTextException {
            plain = new byte[size];
            sealed = new byte[][] {sealedByBouncyCastle(keys.next()), sealedByBouncyCastle(keys.next())};
        }

        private byte[] sealedByBouncyCastle(byte[] key) throws InvalidCipherTextException {
            return byBouncyCastle(true, key, plain, new byte[size + TAG_LENGTH]);
        }

        private byte[] byBouncyCastle(boolean seal, byte[] key, byte[] input, byte[] output)
                throws InvalidCipherTextException {
            bouncyCastle.init(seal, new AEADParameters(new KeyParameter(key), 8 * TAG_LENGTH, NONCE, associatedData));
            int written = bouncyCastle.processBytes(input, 0, input.length, output, 0);
            bouncyCastle.doFinal(output, written);
            return output;
        }

        private byte[] byJdk(int mode, byte[] key, byte[] input) throws GeneralSecurityException {
            jdk.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(NONCE));
            jdk.updateAAD(associatedData);
            return jdk.doFinal(input);
        }
    }

    @Benchmark
    public byte[] sealByBouncyCastle(Body body) throws InvalidCipherTextException {
        return body.sealedByBouncyCastle(body.keys.next());
    }

    @Benchmark
    public byte[] sealByJdk(Body body) throws GeneralSecurityException {
        return body.byJdk(Cipher.ENCRYPT_MODE, body.keys.next(), body.plain);
    }

    @Benchmark
    public byte[] openByBouncyCastle(Body body) throws InvalidCipherTextException {
        return body.byBouncyCastle(false, body.keys.next(), body.sealed[body.keys.which], new byte[body.size]);
    }

    @Benchmark
    public byte[] openByJdk(Body body) throws GeneralSecurityException {
        return body.byJdk(Cipher.DECRYPT_MODE, body.keys.next(), body.sealed[body.keys.which]);
    }

    /** A request that is sealed and a response that is opened, as the client does it. */
    @State(Scope.Thread)
    public static class Packets {
        @Param({"64", "1024", "16384", "1048576"})
        public int size = 64;

        @Param({"true", "false"})
        public boolean encrypted = true;

        private final SharedSecret secret = SharedSecret.of(new byte[SharedSecret.LENGTH]);
        private final byte[] header = new byte[BucketRequest.HEADER_LENGTH];
        private PacketProtection protection = PacketProtection.of(secret, encrypted);
        private byte[] body = {};
        private byte[] response = {};
        private int counter;

        /** Of zeros. */
        @Setup
        public void seal() {
            body = new byte[size];
            protection = PacketProtection.of(secret, encrypted);
            response = protection.seal(0, new byte[Response.HEADER_LENGTH], body, null);
        }
    }

    @Benchmark
    public byte[] sealRequest(Packets packets) {
        packets.counter++;
        return packets.protection.seal(packets.counter & 0xffff, packets.header, packets.body, null);
    }

    @Benchmark
    public ByteBuffer openResponse(Packets packets) {
        byte[] header = packets.protection.openHeader(0, packets.response, Response.HEADER_LENGTH);
        return packets.protection.openBody(0, header, packets.response, null);
    }

    /** Two in turn, for nobody encrypts twice in a row under one, nor does JDK 17 decrypt. */
    private static final class Keys {
        private final byte[][] keys = {new byte[KEY_LENGTH], new byte[KEY_LENGTH]};
        private int which = 1;

        Keys() {
            keys[1][0] = 1;
        }

        byte[] next() {
            which = 1 - which;
            return keys[which];
        }
    }

    private static Cipher cipher(String algorithm) {
        try {
            return Cipher.getInstance(algorithm, "SunJCE");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
