package io.plabble.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.certificate.Certificate;
import io.plabble.sdk.test.TestCertificates;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketMapTest {
    private static final String ID = "11".repeat(16);
    private static final String MAC = "ee".repeat(16);

    @Test
    void aRequestToConnectIsVersionAndKey() {
        assertThat(map(true, "60 01" + "aa".repeat(32)))
                .containsExactly(
                        "0 TypeFlags[1] CONNECT; #6 encrypt, #7 send the certificates",
                        "1 Version[1] 1",
                        "2 ClientPublicKey[32]");
    }

    @Test
    void anAnswerToConnectHasTheFieldsOfEachCertificate() {
        List<Certificate> chain = TestCertificates.forHost("node.example").chain();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(new byte[3 + 32 + 64]);
        chain.forEach(certificate -> answer.writeBytes(certificate.encoded()));

        assertThat(map(false, HexFormat.of().formatHex(answer.toByteArray())))
                .startsWith(
                        "0 TypeFlags[1] CONNECT",
                        "1 Counter[2] 0",
                        "3 ServerPublicKey[32]",
                        "35 Signature[64]",
                        "99 Certificate 1 Length[1] 116",
                        "100 Certificate 1 PublicKey[32]",
                        "132 Certificate 1 ValidFrom[4] " + chain.get(0).validFrom(),
                        "136 Certificate 1 ValidTo[4] " + chain.get(0).validTo(),
                        "140 Certificate 1 Signature[64]",
                        "204 Certificate 1 Name[12] node.example",
                        "216 Certificate 2 Length[1] 129")
                .endsWith("451 Certificate 3 Name[17] root.plabble.test")
                .hasSize(4 + 3 * 6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "71 ID 0005 0009|CREATE; #5 MAC follows, #6 also subscribe, #7 RAM bucket|Start[2] 5, End[2] 9",
                "12 ID 0005 02 6869 0006 00|PUT; #5 MAC follows|"
                        + "Index[2] 5, Length[1] 2, Content[2] hi, Index[2] 6, Length[1] 0",
                "13 ID 02 6869 01 ff|APPEND; #5 MAC follows|Length[1] 2, Content[2] hi, Length[1] 1, Content[1]",
                "34 ID|WIPE; #5 MAC follows, #6 delete the bucket|",
                "35 ID 0005|REQUEST; #5 MAC follows, #6 also subscribe|Start[2] 5",
                "16 ID|SUBSCRIBE; #5 MAC follows|",
                "17 ID|UNSUBSCRIBE; #5 MAC follows|"
            })
    void requestsAreNamedFieldByField(String packet, String typeFlags, String body) {
        List<String> fields = map(true, packet.replace("ID", ID) + MAC);

        assertThat(fields.get(0)).isEqualTo("0 TypeFlags[1] " + typeFlags);
        assertThat(fields.get(1)).isEqualTo("1 BucketId[16]");
        assertThat(withoutOffsets(fields.subList(2, fields.size() - 1))).isEqualTo(body == null ? "" : body);
        assertThat(fields.get(fields.size() - 1)).endsWith(" Mac[16]");
    }

    @Test
    void answersAndErrorsAreNamedFieldByField() {
        assertThat(map(false, "12 0007" + MAC))
                .containsExactly("0 TypeFlags[1] PUT; #5 MAC follows", "1 Counter[2] 7", "3 Mac[16]");
        assertThat(map(false, "15 0007 0005 8001" + "61".repeat(128) + MAC))
                .contains("3 Index[2] 5", "5 Length[2] 128", "7 Content[128] " + "a".repeat(128));
        assertThat(map(false, "1f 0007 29 1b" + MAC))
                .contains("3 Code[1] 41 bucket already exists", "4 Message[1] \\u{1b}");
    }

    @Test
    void nothingIsReadFromWhatIsEncrypted() {
        assertThat(map(true, true, "00".repeat(40)))
                .containsExactly("0 Header[17] encrypted", "17 Body[7] encrypted", "24 Tag[16]");
        assertThat(map(false, true, "00".repeat(19))).containsExactly("0 Header[3] encrypted", "3 Tag[16]");
    }

    @Test
    void aPacketThatIsCutOffOrTooLongIsShownAllTheSame() {
        assertThat(map(true, "60 01 aabb")).endsWith("2 ClientPublicKey[2] cut off");
        assertThat(map(true, "60 01" + "aa".repeat(32) + "ff")).endsWith("34 Body[1]");
        assertThat(map(false, "08 0000 ff"))
                .containsExactly("0 TypeFlags[1] reserved type 8", "1 Counter[2] 0", "3 Body[1]");
        assertThat(map(false, "")).isEmpty();
    }

    @Test
    void anyBytesAreMappedOnceAndInOrder() {
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] packet = new byte[random.nextInt(200)];
            random.nextBytes(packet);
            ByteArrayOutputStream mapped = new ByteArrayOutputStream();
            for (PacketMap.Field field : PacketMap.of(random.nextBoolean(), i % 5 == 0, packet)) {
                assertThat(field.offset()).isEqualTo(mapped.size());
                mapped.writeBytes(field.bytes());
            }
            assertThat(mapped.toByteArray()).isEqualTo(packet);
        }
    }

    private static List<String> map(boolean sent, String hex) {
        return map(sent, false, hex);
    }

    private static List<String> map(boolean sent, boolean encrypted, String hex) {
        byte[] packet = HexFormat.of().parseHex(hex.replace(" ", ""));
        return PacketMap.of(sent, encrypted, packet).stream()
                .map(field -> (field.offset() + " " + field.name() + "[" + field.bytes().length + "] "
                                + field.meaning())
                        .strip())
                .toList();
    }

    private static String withoutOffsets(List<String> fields) {
        return String.join(
                ", ",
                fields.stream().map(field -> field.replaceFirst("^\\d+ ", "")).toList());
    }
}
