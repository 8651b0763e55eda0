package io.plabble.protocol.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChaCha20Poly1305AeadTest {
    private static final int AROUND = 130; // two blocks of ChaCha20, and more
    private static final byte[] KEY = new byte[32];
    private static final byte[] NONCE = new byte[12];
    private static final byte[] DATA = {1, 2, 3};
    private static final byte[] PLAINTEXT = {4, 5, 6, 7};

    /** RFC 8439, §2.8.2 and A.5; the tag is last. */
    @ParameterizedTest
    @CsvSource({
        "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f, 070000004041424344454647, "
                + "50515253c0c1c2c3c4c5c6c7,"
                + "4c616469657320616e642047656e746c656d656e206f662074686520636c617373206f66202739393a2049662049"
                + "20636f756c64206f6666657220796f75206f6e6c79206f6e652074697020666f7220746865206675747572652c20"
                + "73756e73637265656e20776f756c642062652069742e,"
                + "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92"
                + "728b1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b"
                + "4831d7bc3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691",
        "1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0, 000000000102030405060708, "
                + "f33388860000000000004e91,"
                + "496e7465726e65742d4472616674732061726520647261667420646f63756d656e74732076616c696420666f7220"
                + "61206d6178696d756d206f6620736978206d6f6e74687320616e64206d617920626520757064617465642c207265"
                + "706c616365642c206f72206f62736f6c65746564206279206f7468657220646f63756d656e747320617420616e79"
                + "2074696d652e20497420697320696e617070726f70726961746520746f2075736520496e7465726e65742d447261"
                + "667473206173207265666572656e6365206d6174657269616c206f7220746f2063697465207468656d206f746865"
                + "72207468616e206173202fe2809c776f726b20696e2070726f67726573732e2fe2809d,"
                + "64a0861575861af460f062c79be643bd5e805cfd345cf389f108670ac76c8cb24c6cfc18755d43eea09ee94e382d"
                + "26b0bdb7b73c321b0100d4f03b7f355894cf332f830e710b97ce98c8a84abd0b948114ad176e008d33bd60f982b1"
                + "ff37c8559797a06ef4f0ef61c186324e2b3506383606907b6a7c02b0f9f6157b53c867e4b9166c767b804d46a59b"
                + "5216cde7a4e99040c5a40433225ee282a1b0a06c523eaf4534d7f83fa1155b0047718cbc546a0d072b04b3564eea"
                + "1b422273f548271a0bb2316053fa76991955ebd63159434ecebb4e466dae5a1073a6727627097a1049e617d91d36"
                + "1094fa68f0ff77987130305beaba2eda04df997b714d6c6f2c29a6ad5cb4022b02709beead9d67890cbb22392336"
                + "fea1851f38"
    })
    void sealsAndOpensAsInTheRfc(String key, String nonce, String data, String plaintext, String sealed) {
        for (AeadOf aead : AeadOf.values()) {
            assertThat(aead.seal(bytes(key), bytes(nonce), bytes(data), bytes(plaintext)))
                    .as("%s", aead)
                    .isEqualTo(bytes(sealed));
            assertThat(aead.open(bytes(key), bytes(nonce), bytes(data), bytes(sealed), 0))
                    .as("%s", aead)
                    .contains(bytes(plaintext));
        }
    }

    /** Else the tests of the JDK's would be of BouncyCastle's. */
    @Test
    void theJdkOfTheseTestsHasOneOfItsOwn() {
        assertThat(JdkAead.create()).isPresent();
    }

    /** A crypto policy that allows keys only up to a length overwrites what it is given, before the cipher takes the key. */
    @Test
    void theJdkGetsACopyOfTheKeyEachTimeItAsks() {
        byte[] key = {1, 2, 3};
        JdkAead.LentKey lent = new JdkAead.LentKey(key);

        Arrays.fill(lent.getEncoded(), (byte) 0);

        assertThat(lent.getEncoded()).containsExactly(1, 2, 3);
    }

    @Test
    void bothAgreeAtEverySizeAroundTheThreshold() {
        for (int size = 0; size < AROUND; size++) {
            assertBothAgree(size);
            assertBothAgree(ChaCha20Poly1305Aead.LARGE - AROUND / 2 + size);
        }
        assertBothAgree(1 << 20);
    }

    private static void assertBothAgree(int size) {
        Random random = new Random(size);
        byte[] key = random(random, 32);
        byte[] data = random(random, size % 50);
        byte[] plaintext = random(random, size);
        byte[] sealed = AeadOf.BOUNCY_CASTLE.seal(key, NONCE, data, plaintext);
        byte[] changed = sealed.clone();
        changed[random.nextInt(changed.length)] ^= 1;

        for (AeadOf aead : AeadOf.values()) {
            String who = aead + ", " + size + " bytes";
            assertThat(aead.seal(key, NONCE, data, plaintext)).as(who).isEqualTo(sealed);
            assertThat(aead.open(key, NONCE, data, sealed, 0)).as(who).contains(plaintext);
            assertThat(aead.open(key, NONCE, data, changed, 0)).as(who).isEmpty();
        }
    }

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @EnumSource
    void takesAssociatedDataInParts(AeadOf aead) {
        byte[] sealed = aead.seal(KEY, NONCE, DATA, PLAINTEXT);
        byte[][] parts = {{1}, {}, {2, 3}};
        byte[] packet = new byte[5 + sealed.length];

        aead.engine().seal(KEY, NONCE, parts, PLAINTEXT, packet, 5);

        assertThat(packet).startsWith(0, 0, 0, 0, 0).endsWith(sealed);
        assertThat(aead.engine().open(KEY, NONCE, parts, packet, 5)).contains(PLAINTEXT);
    }

    @ParameterizedTest
    @EnumSource
    void opensFromAnOffsetOn(AeadOf aead) {
        byte[] sealed = aead.seal(KEY, NONCE, DATA, PLAINTEXT);
        byte[] packet = new byte[5 + sealed.length];
        System.arraycopy(sealed, 0, packet, 5, sealed.length);

        assertThat(aead.open(KEY, NONCE, DATA, packet, 5)).contains(PLAINTEXT);
        assertThat(aead.open(KEY, NONCE, DATA, packet, 4)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyTextStillHasItsTag(AeadOf aead) {
        byte[] sealed = aead.seal(KEY, NONCE, DATA, new byte[0]);

        assertThat(sealed).hasSize(ChaCha20Poly1305Aead.TAG_LENGTH);
        assertThat(aead.open(KEY, NONCE, DATA, sealed, 0)).contains(new byte[0]);
    }

    @ParameterizedTest
    @EnumSource
    void opensNothingThatIsCut(AeadOf aead) {
        byte[] sealed = aead.seal(KEY, NONCE, DATA, PLAINTEXT);
        for (int length = 0; length < sealed.length; length++) {
            assertThat(aead.open(KEY, NONCE, DATA, Arrays.copyOf(sealed, length), 0))
                    .as("%d bytes", length)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void opensTheNextTextAfterOneThatWasChanged(AeadOf aead) {
        byte[] sealed = aead.seal(KEY, NONCE, DATA, PLAINTEXT);
        byte[] changed = sealed.clone();
        changed[0] ^= 1;
        ChaCha20Poly1305Aead engine = aead.engine();

        assertThat(engine.open(KEY, NONCE, new byte[][] {DATA}, changed, 0)).isEmpty();
        assertThat(engine.open(KEY, NONCE, new byte[][] {DATA}, sealed, 0)).contains(PLAINTEXT);
    }

    /** The two ends of a session may share an engine, and they share keys (§7, "Known weakness"). */
    @ParameterizedTest
    @EnumSource
    void sealsForBothEndsOfASession(AeadOf aead) {
        ChaCha20Poly1305Aead engine = aead.engine();
        for (int end = 0; end < 2; end++) {
            byte[] sealed = new byte[PLAINTEXT.length + ChaCha20Poly1305Aead.TAG_LENGTH];

            engine.seal(KEY, NONCE, new byte[][] {DATA}, PLAINTEXT, sealed, 0);

            assertThat(sealed).isEqualTo(aead.seal(KEY, NONCE, DATA, PLAINTEXT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesNoOtherLengths(AeadOf aead) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aead.seal(new byte[31], NONCE, DATA, PLAINTEXT))
                .withMessage("Key must be 256 bits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aead.open(KEY, new byte[13], DATA, new byte[16], 0))
                .withMessage("Nonce must be 96 bits");
    }

    @ParameterizedTest
    @EnumSource
    void leavesItsArgumentsAsTheyAre(AeadOf aead) {
        byte[] key = bytes("01".repeat(32));
        byte[] plaintext = PLAINTEXT.clone();

        byte[] sealed = aead.seal(key, NONCE, DATA, plaintext);
        aead.open(key, NONCE, DATA, sealed, 0);

        assertThat(key).containsOnly(1);
        assertThat(plaintext).isEqualTo(PLAINTEXT);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
