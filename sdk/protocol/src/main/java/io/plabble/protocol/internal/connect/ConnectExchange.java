package io.plabble.protocol.internal.connect;

import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PlabbleHandshakeException;
import io.plabble.protocol.PlabbleProtocolException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKey;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.packet.ConnectAnswer;
import io.plabble.protocol.internal.packet.ConnectRequest;
import io.plabble.protocol.internal.packet.ConnectResponse;
import io.plabble.protocol.internal.packet.ErrorResponse;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/** The steps of CONNECT (§4), each a pure function, for both sides. Who calls them owns time, resources and order. */
public final class ConnectExchange {
    /** The longest answer to CONNECT that a client takes, in bytes. */
    public static final int LONGEST_ANSWER = 4096;

    private ConnectExchange() {}

    // ── client ──────────────────────────────────────────────────────────────────────────────────────────────────────

    /** Steps 1 and 2: the request for this session's key pair. */
    public static ConnectRequest request(SessionKeyPair own, boolean encryption, boolean certificate) {
        return new ConnectRequest(encryption, certificate, own.publicKey());
    }

    /** As {@link #response(ConnectRequest, byte[], TrustStore)}, for who knows no certificate yet. */
    public static ConnectResponse response(ConnectRequest request, byte[] packet) {
        return response(request, packet, TrustStore.empty());
    }

    /**
     * Step 8: the response in a packet without Length.
     *
     * @param known certificates that need no decoding
     * @throws PlabbleServerException for an ERROR
     * @throws PlabbleProtocolException for anything malformed, certificates that were not asked for among it
     */
    public static ConnectResponse response(ConnectRequest request, byte[] packet, TrustStore known) {
        ConnectAnswer answer = ConnectAnswer.decode(packet, known);
        if (answer instanceof ErrorResponse error) {
            throw new PlabbleServerException(error.code(), error.message());
        }
        ConnectResponse response = (ConnectResponse) answer;
        if (!request.certificate() && !response.certificates().isEmpty()) {
            throw PlabbleProtocolException.malformed(
                    "the answer to CONNECT is malformed: it brings certificates that were not asked for");
        }
        return response;
    }

    /**
     * Step 10, for a chain and pins: the certified identity key must be one of the pinned.
     *
     * @throws PlabbleHandshakeException with reason {@code pinned-key-mismatch}
     */
    public static void verifyPin(IdentityKey certified, List<IdentityKey> pinned) {
        if (!pinned.contains(certified)) {
            throw new PlabbleHandshakeException(
                    Reason.PINNED_KEY_MISMATCH,
                    "the server's identity key " + certified + " is none of the " + pinned.size()
                            + " pinned; if the server changed its key, pin the new one too");
        }
    }

    /**
     * Step 10: which of the candidate identity keys the response is signed by.
     *
     * @throws PlabbleHandshakeException with reason {@code signature-invalid} if it is none
     */
    public static IdentityKey verifySignature(
            ConnectRequest request, ConnectResponse response, List<IdentityKey> candidates) {
        byte[] signed = signedContent(request, response.serverPublicKey());
        return candidates.stream()
                .filter(key -> key.verifies(signed, response.signature()))
                .findFirst()
                .orElseThrow(() -> new PlabbleHandshakeException(
                        Reason.SIGNATURE_INVALID,
                        candidates.size() == 1
                                ? "the signature over this CONNECT does not fit the server's identity key "
                                        + candidates.get(0)
                                : "the signature over this CONNECT fits none of the " + candidates.size()
                                        + " pinned identity keys"));
    }

    /**
     * Step 10, its last check: a server that sends the client's own key back holds no key (D15).
     *
     * @throws PlabbleHandshakeException with reason {@code server-key-reflected}
     */
    public static void refuseReflectedKey(ConnectRequest request, ConnectResponse response) {
        if (isSamePoint(request.clientPublicKey(), response.serverPublicKey())) {
            throw new PlabbleHandshakeException(
                    Reason.SERVER_KEY_REFLECTED, "the server sent this client's own public key back as its own");
        }
    }

    /**
     * Steps 4 to 6 and 11: X25519 of the own private and the peer's public key.
     *
     * @throws PlabbleHandshakeException with reason {@code shared-secret-zero} for a low-order key (D5)
     */
    public static SharedSecret agreeOnSecret(SessionKeyPair own, byte[] peerPublicKey) {
        return own.agree(peerPublicKey)
                .orElseThrow(() -> new PlabbleHandshakeException(
                        Reason.SHARED_SECRET_ZERO,
                        "the peer's public key is of low order: the shared secret would be all zero"));
    }

    // ── server ──────────────────────────────────────────────────────────────────────────────────────────────────────

    /**
     * Step 3: the request in a packet without Length.
     *
     * @throws PlabbleServerException with the code to answer: 2 for another version, 6 for a malformed request
     */
    public static ConnectRequest receive(byte[] packet) {
        ConnectRequest request;
        try {
            request = ConnectRequest.decode(packet);
        } catch (PlabbleProtocolException e) {
            throw new PlabbleServerException(ErrorCode.BAD_REQUEST.code(), String.valueOf(e.getMessage()));
        }
        if (request.version() != ConnectRequest.VERSION) {
            throw new PlabbleServerException(
                    ErrorCode.UNSUPPORTED_PROTOCOL_VERSION.code(), "supported: " + ConnectRequest.VERSION);
        }
        return request;
    }

    /** Steps 7 and 8: the signed response; the chain is sent if it was asked for. */
    public static ConnectResponse respond(
            ConnectRequest request, SessionKeyPair own, IdentityKeyPair identity, List<Certificate> chain) {
        byte[] serverPublicKey = own.publicKey();
        return new ConnectResponse(
                serverPublicKey,
                identity.sign(signedContent(request, serverPublicKey)),
                request.certificate() ? chain : List.of());
    }

    // ── both ────────────────────────────────────────────────────────────────────────────────────────────────────────

    /** The 66 bytes under the signature: the request without Length, then the server's key. */
    public static byte[] signedContent(ConnectRequest request, byte[] serverPublicKey) {
        byte[] content = Arrays.copyOf(request.encoded(), ConnectRequest.LENGTH + serverPublicKey.length);
        System.arraycopy(serverPublicKey, 0, content, ConnectRequest.LENGTH, serverPublicKey.length);
        return content;
    }

    /** X25519 ignores the topmost bit (RFC 7748 §5), so that both spellings are the same key. */
    private static boolean isSamePoint(byte[] a, byte[] b) {
        byte[] maskedA = a.clone();
        byte[] maskedB = b.clone();
        maskedA[SessionKeyPair.LENGTH - 1] &= 0x7f;
        maskedB[SessionKeyPair.LENGTH - 1] &= 0x7f;
        return MessageDigest.isEqual(maskedA, maskedB);
    }
}
