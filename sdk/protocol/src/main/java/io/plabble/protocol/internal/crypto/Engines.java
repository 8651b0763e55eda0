package io.plabble.protocol.internal.crypto;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The engines of one thread, for whichever session it works for: an engine takes more memory than all the keys of a session, and is needed for the
 * length of one call. Each begins anew with every use, and forgets its key after it.
 */
public final class Engines {
    private static final ThreadLocal<Engines> OF_THIS_THREAD = ThreadLocal.withInitial(Engines::new);

    private final MessageDigest sha256 = Sha256.newDigest();
    private final ChaCha20 chaCha20 = new ChaCha20();
    private final Poly1305Mac poly1305 = new Poly1305Mac();
    /** Made on demand: who wants no more than a digest does not make the JDK load its ciphers. */
    private @Nullable ChaCha20Poly1305Aead aead;

    private Engines() {}

    /** For use on this thread, and at once. */
    public static Engines ofThisThread() {
        return OF_THIS_THREAD.get();
    }

    /** Gets the JDK's engines ready. <em>The first call in a JVM reads files</em>: make it off the event loop. */
    public static void load() {
        ofThisThread().aead();
    }

    /** With nothing in it. */
    MessageDigest sha256() {
        sha256.reset(); // nothing to do, unless an error has cut the use before short
        return sha256;
    }

    public ChaCha20 chaCha20() {
        return chaCha20;
    }

    public Poly1305Mac poly1305() {
        return poly1305;
    }

    public ChaCha20Poly1305Aead aead() {
        ChaCha20Poly1305Aead made = aead;
        if (made == null) {
            made = new ChaCha20Poly1305Aead(chaCha20, poly1305);
            aead = made;
        }
        return made;
    }
}
