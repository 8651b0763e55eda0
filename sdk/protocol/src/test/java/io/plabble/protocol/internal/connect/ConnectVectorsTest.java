package io.plabble.protocol.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.VectorChain;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.packet.ConnectRequest;
import io.plabble.protocol.internal.packet.ConnectResponse;
import io.plabble.testsupport.Frames;
import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorFile;
import io.plabble.testsupport.VectorSource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;

class ConnectVectorsTest {
    private static final String FILE = "connect.json";
    private static final String LIST = "exchanges";
    private static final VectorFile VECTORS = VectorFile.named(FILE);

    @ParameterizedTest
    @VectorSource(file = FILE, list = LIST)
    void theClientSendsTheRequest(VectorCase vector) {
        ConnectRequest request = new VectorClient(VECTORS, vector).request();

        assertThat(request.clientPublicKey()).isEqualTo(vector.bytes("clientPublicKey"));
        assertThat(request.encryption()).isEqualTo(vector.isTrue("encrypted"));
        assertThat(request.encoded()).isEqualTo(vector.bytes("request"));
        assertThat(Frames.withLength(request.encoded())).isEqualTo(vector.bytes("requestWithLength"));
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = LIST)
    void theClientReadsTheResponse(VectorCase vector) {
        ConnectRequest request = new VectorClient(VECTORS, vector).request();

        ConnectResponse response = ConnectExchange.response(request, vector.bytes("response"));

        assertThat(response.serverPublicKey()).isEqualTo(vector.bytes("serverPublicKey"));
        assertThat(response.signature()).isEqualTo(vector.bytes("signature"));
        assertThat(response.certificates()).isEqualTo(sentChain(vector, request));
        assertThat(ConnectExchange.signedContent(request, response.serverPublicKey()))
                .isEqualTo(vector.bytes("signed"));
        assertThat(ConnectExchange.verifySignature(
                                request, response, List.of(IdentityKey.of(vector.bytes("identityPublicKey"))))
                        .bytes())
                .isEqualTo(vector.bytes("identityPublicKey"));
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = LIST)
    void theClientVerifiesTheServerAndGetsTheSessionKey(VectorCase vector) {
        assertThat(new VectorClient(VECTORS, vector).connect().copy()).isEqualTo(vector.bytes("sessionKey"));
    }

    @ParameterizedTest
    @VectorSource(file = "session.json", list = "sessions")
    void everySessionBeginsWithAnExchange(VectorCase vector) {
        VectorClient client = new VectorClient(VectorFile.named("session.json"), vector);

        assertThat(Frames.withLength(client.request().encoded())).isEqualTo(vector.bytes("requestWithLength"));
        assertThat(client.connect().copy()).isEqualTo(vector.bytes("sessionKey"));
    }

    @ParameterizedTest
    @VectorSource(file = FILE, list = LIST)
    void theServerSendsTheResponseAndGetsTheSessionKey(VectorCase vector) {
        SessionKeyPair own = SessionKeyPair.ofPrivateKey(vector.bytes("serverPrivateKey"));
        IdentityKeyPair identity = IdentityKeyPair.ofSeed(vector.bytes("identitySeed"));

        ConnectRequest request = ConnectExchange.receive(vector.bytes("request"));
        ConnectResponse response =
                ConnectExchange.respond(request, own, identity, VectorChain.certificates(vector, "chain"));

        assertThat(response.encoded()).isEqualTo(vector.bytes("response"));
        assertThat(Frames.withLength(response.encoded())).isEqualTo(vector.bytes("responseWithLength"));
        assertThat(ConnectExchange.agreeOnSecret(own, request.clientPublicKey()).copy())
                .isEqualTo(vector.bytes("sessionKey"));
    }

    private static List<Certificate> sentChain(VectorCase vector, ConnectRequest request) {
        return request.certificate() ? VectorChain.certificates(vector, "chain") : List.of();
    }
}
