package io.plabble.sdk.hostile;

import io.plabble.protocol.crypto.IdentityKeyPair;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The response to CONNECT (§4) of a server that holds all the right keys, valid but for what a row changes. */
final class ForgedAnswer {
    private byte[] header = {0, 0, 0};
    private byte[] key = Parties.serverKeyPair().publicKey();
    private byte[] request = Parties.request(true);
    private IdentityKeyPair signer = Parties.SERVER;
    private BinaryOperator<byte[]> content = (request, key) -> Bytes.concat(request, key);
    private UnaryOperator<byte[]> signature = UnaryOperator.identity();
    private List<byte[]> chain = List.of(
            Parties.server().encoded(),
            Parties.intermediate().encoded(),
            Parties.root().encoded());

    private ForgedAnswer() {}

    /** To a client that asks for a chain: of server, intermediate and root. */
    static ForgedAnswer valid() {
        return new ForgedAnswer();
    }

    /** To a client that asks for none. */
    static ForgedAnswer withoutChain() {
        ForgedAnswer answer = new ForgedAnswer().chain();
        answer.request = Parties.request(false);
        return answer;
    }

    /** TypeFlags and Counter. */
    ForgedAnswer header(int typeFlags, int counter) {
        header = Bytes.of(typeFlags, counter >> 8, counter);
        return this;
    }

    /** The server's X25519 key, correctly signed. */
    ForgedAnswer key(byte[] bytes) {
        key = bytes;
        return this;
    }

    ForgedAnswer signedBy(IdentityKeyPair other) {
        signer = other;
        return this;
    }

    /** What is signed, made of the request and the server's key. */
    ForgedAnswer content(BinaryOperator<byte[]> other) {
        content = other;
        return this;
    }

    ForgedAnswer signature(UnaryOperator<byte[]> change) {
        signature = change;
        return this;
    }

    ForgedAnswer chain(ForgedCertificate... certificates) {
        return encodedChain(
                Arrays.stream(certificates).map(ForgedCertificate::encoded).toArray(byte[][]::new));
    }

    /** Whatever follows the signature. */
    ForgedAnswer encodedChain(byte[]... encoded) {
        chain = List.of(encoded);
        return this;
    }

    /** The valid chain, and more bytes in the same packet. */
    ForgedAnswer trailing(byte[] more) {
        return encodedChain(Stream.concat(chain.stream(), Stream.of(more)).toArray(byte[][]::new));
    }

    byte[] signature() {
        return signature.apply(signer.sign(content.apply(request, key)));
    }

    Wire wire() {
        return Wire.packet(parts());
    }

    /** Behind another Length than the right one. */
    Wire wire(byte[] length) {
        return Wire.behind(length, parts());
    }

    /** With a body cut to this length, and a Length that fits. */
    Wire withBody(int length) {
        byte[] packet = Bytes.concat(parts());
        return Wire.packet(header, Arrays.copyOfRange(packet, header.length, header.length + length));
    }

    private byte[][] parts() {
        return Stream.concat(Stream.of(header, key, signature()), chain.stream())
                .toArray(byte[][]::new);
    }
}
