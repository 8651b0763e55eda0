package io.plabble.protocol;

import java.util.OptionalInt;

/** A certificate chain is missing or not valid (§5): which certificate, and why. */
public final class PlabbleCertificateException extends PlabbleHandshakeException {
    private static final long serialVersionUID = 1L;

    private static final int WHOLE_CHAIN = -1;

    private final int index;

    private PlabbleCertificateException(Reason reason, int index, String message) {
        super(reason, message);
        this.index = index;
    }

    /** A fault of the chain as a whole. */
    public static PlabbleCertificateException ofChain(Reason reason, String message) {
        return new PlabbleCertificateException(reason, WHOLE_CHAIN, message);
    }

    /** A fault of one certificate; {@code index} 0 is the server's own. */
    public static PlabbleCertificateException ofCertificate(Reason reason, int index, String message) {
        return new PlabbleCertificateException(reason, index, message);
    }

    /** The position in the chain, 0 being the server's own certificate; empty where the whole chain is at fault. */
    public OptionalInt index() {
        return index == WHOLE_CHAIN ? OptionalInt.empty() : OptionalInt.of(index);
    }
}
