package io.plabble.sdk.benchmarks.load;

import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.CertificateChain;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.sdk.PlabbleClient;
import io.plabble.sdk.test.PlabbleTestServer;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a client of another process has to know of a test server on this machine.
 *
 * @param issuers the root, then the intermediates that may issue for other names (§5, D8)
 */
public record PlabbleAddress(int port, List<Certificate> issuers) {
    public static PlabbleAddress of(PlabbleTestServer server) {
        TrustStore trust = server.trustStore();
        return new PlabbleAddress(
                server.port(),
                Stream.concat(trust.roots().stream(), trust.intermediates().stream())
                        .toList());
    }

    /** Two words that {@link #encoded} wrote. */
    public static PlabbleAddress decode(List<String> words) {
        return new PlabbleAddress(
                Integer.parseInt(words.get(0)),
                CertificateChain.parse(HexFormat.of().parseHex(words.get(1))));
    }

    public String encoded() {
        return port + " " + HexFormat.of().formatHex(CertificateChain.encode(issuers));
    }

    /** One that trusts the server. */
    public PlabbleClient client() {
        return PlabbleClient.create("127.0.0.1", port)
                .trust(TrustStore.roots(issuers.get(0)).withIntermediates(issuers.subList(1, issuers.size())));
    }
}
