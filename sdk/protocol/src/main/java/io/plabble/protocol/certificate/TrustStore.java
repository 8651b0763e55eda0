package io.plabble.protocol.certificate;

import io.plabble.protocol.PeerText;
import io.plabble.protocol.PlabbleConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whom the caller trusts (§5), by role: a <em>trusted root</em> may issue for every name, a <em>trusted intermediate</em>
 * may issue for every name once a root vouches for it. Immutable; the adding methods return a new store. No roots are
 * shipped with the SDK (D17).
 *
 * <pre>{@code
 * TrustStore trust = TrustStore.roots(Path.of("roots.pem")).withIntermediates(Path.of("intermediates.pem"));
 * }</pre>
 */
public final class TrustStore {
    private static final TrustStore EMPTY = new TrustStore(List.of(), List.of());

    private final List<Certificate> roots;
    private final List<Certificate> intermediates;

    private TrustStore(List<Certificate> roots, List<Certificate> intermediates) {
        this.roots = roots;
        this.intermediates = intermediates;
    }

    /** A store that trusts nobody, to start from; a client does not accept it. */
    public static TrustStore empty() {
        return EMPTY;
    }

    /**
     * The roots of one or more files; reads them now, and so blocks.
     *
     * @throws PlabbleConfigurationException for no file, or one that is unreadable, garbled or without certificates (file and
     *     line named), or a root whose signature is not its own
     */
    public static TrustStore roots(Path... pemFiles) {
        return EMPTY.withRoots(pemFiles);
    }

    /**
     * These roots.
     *
     * @throws PlabbleConfigurationException for no certificate, or one whose signature is not its own
     */
    public static TrustStore roots(Certificate... roots) {
        return EMPTY.withRoots(List.of(atLeastOne(roots)));
    }

    /** As {@link #roots(Path...)}, added to what is here. */
    public TrustStore withRoots(Path... pemFiles) {
        return withRoots(read(pemFiles));
    }

    /** As {@link #roots(Certificate...)}, added to what is here. */
    public TrustStore withRoots(Collection<Certificate> added) {
        added.forEach(TrustStore::requireSelfSigned);
        return new TrustStore(joined(roots, added), intermediates);
    }

    /** The intermediates of one or more files, added; reads them now, and so blocks. Errors as {@link #roots(Path...)}. */
    public TrustStore withIntermediates(Path... pemFiles) {
        return withIntermediates(read(pemFiles));
    }

    public TrustStore withIntermediates(Collection<Certificate> added) {
        return new TrustStore(roots, joined(intermediates, added));
    }

    public List<Certificate> roots() {
        return roots;
    }

    public List<Certificate> intermediates() {
        return intermediates;
    }

    /** Whether no chain can be valid because there is no root. */
    public boolean isEmpty() {
        return roots.isEmpty();
    }

    boolean isTrustedRoot(Certificate certificate) {
        return roots.stream().anyMatch(certificate::hasSameKeyAndName);
    }

    /** The certificate with these bytes, if it is one of the store's. */
    Optional<Certificate> find(byte[] encoded) {
        return find(encoded, roots).or(() -> find(encoded, intermediates));
    }

    private static Optional<Certificate> find(byte[] encoded, List<Certificate> certificates) {
        for (Certificate certificate : certificates) {
            if (certificate.isEncodedAs(encoded)) {
                return Optional.of(certificate);
            }
        }
        return Optional.empty();
    }

    /** Whether the store holds these very bytes, whose signature was checked when the store was made. */
    boolean hasVerified(Certificate root) {
        return roots.contains(root);
    }

    boolean isTrustedIntermediate(Certificate certificate) {
        return intermediates.stream().anyMatch(certificate::hasSameKeyAndName);
    }

    private static void requireSelfSigned(Certificate root) {
        if (!root.isSignedBy(root.publicKey())) {
            throw new PlabbleConfigurationException("trust store: the root \"" + PeerText.printable(root.name())
                    + "\" is not signed by its own key; an intermediate belongs to withIntermediates(…)");
        }
    }

    private static Certificate[] atLeastOne(Certificate[] certificates) {
        if (certificates == null
                || certificates.length == 0
                || Arrays.stream(certificates).anyMatch(Objects::isNull)) {
            throw new PlabbleConfigurationException("trust store: no certificate given, or a null one");
        }
        return certificates;
    }

    private static List<Certificate> read(Path... pemFiles) {
        if (pemFiles == null || pemFiles.length == 0 || Arrays.stream(pemFiles).anyMatch(Objects::isNull)) {
            throw new PlabbleConfigurationException("trust store: no file given, or a null one");
        }
        return Arrays.stream(pemFiles)
                .flatMap(file -> CertificateFiles.read(file).stream())
                .toList();
    }

    private static List<Certificate> joined(List<Certificate> present, Collection<Certificate> added) {
        List<Certificate> all = new ArrayList<>(present);
        all.addAll(added);
        return List.copyOf(all);
    }

    @Override
    public String toString() {
        return "TrustStore[roots=" + roots.size() + ", intermediates=" + intermediates.size() + "]";
    }
}
