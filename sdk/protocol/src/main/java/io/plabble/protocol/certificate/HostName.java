package io.plabble.protocol.certificate;

import java.net.IDN;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A name in the one form that names are compared in (D16): an IP address as its bytes, or an ASCII host name in lower case.
 * Whatever is neither — brackets, zone ids, IPv4-mapped addresses, wildcards, empty labels, names that IDNA maps to another
 * name — has no such form and so matches nothing, not even itself.
 */
sealed interface HostName {
    /** The form of a certificate's name. */
    static Optional<HostName> ofCertificate(String name) {
        Optional<byte[]> address = IpLiteral.parse(name);
        return address.isPresent() ? address.map(Address::new) : asciiName(name).map(Name::new);
    }

    /** The form of the host that the caller asked for; one trailing dot is dropped. */
    static Optional<HostName> ofHost(String host) {
        return ofCertificate(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
    }

    /** Whether the certificate's name is the host's (§5, rule 6). */
    static boolean matches(String certificateName, String host) {
        return ofCertificate(certificateName)
                .flatMap(name -> ofHost(host).map(name::equals))
                .orElse(false);
    }

    /** Whether an intermediate that is not in the trust store may issue for the name (§5, rule 4). */
    static boolean mayIssue(String issuerName, String subjectName) {
        return ofCertificate(issuerName)
                .flatMap(issuer -> ofCertificate(subjectName).map(issuer::mayIssueFor))
                .orElse(false);
    }

    boolean mayIssueFor(HostName subject);

    /** An address issues for the same address only. */
    record Address(byte[] bytes) implements HostName {
        @Override
        public boolean mayIssueFor(HostName subject) {
            return equals(subject);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Address that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /** A name issues for itself and, with two labels or more, for its subdomains. */
    record Name(String ascii) implements HostName {
        @Override
        public boolean mayIssueFor(HostName subject) {
            return equals(subject)
                    || (subject instanceof Name below && ascii.indexOf('.') >= 0 && below.ascii.endsWith("." + ascii));
        }
    }

    private static Optional<String> asciiName(String name) {
        return isAscii(name) ? Optional.of(lowerCase(name)).filter(HostName::isHostName) : idnaName(name);
    }

    /** The platform's IDNA maps {@code faß} to {@code fass}; a name takes part only if it survives the way back. */
    private static Optional<String> idnaName(String name) {
        try {
            String ascii = IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES);
            boolean reversible =
                    lowerCase(IDN.toUnicode(ascii, IDN.USE_STD3_ASCII_RULES)).equals(lowerCase(name));
            return Optional.of(lowerCase(ascii)).filter(a -> reversible && isHostName(a));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Labels of letters, digits, hyphens and underscores, none of them empty. */
    private static boolean isHostName(String lowerCase) {
        char before = '.';
        for (int i = 0; i < lowerCase.length(); i++) {
            char c = lowerCase.charAt(i);
            boolean inLabel = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            if (!inLabel && (c != '.' || before == '.')) {
                return false;
            }
            before = c;
        }
        return before != '.';
    }

    private static boolean isAscii(String name) {
        return name.chars().allMatch(c -> c < 0x80);
    }

    /** ASCII letters only, whatever the locale (D16); {@link Locale#ROOT} would also fold other scripts. */
    private static String lowerCase(String name) {
        StringBuilder lower = new StringBuilder(name);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return lower.toString();
    }
}
