package io.plabble.sdk.internal;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.PlabbleTimestamp;
import io.plabble.protocol.SlotRange;
import io.plabble.protocol.certificate.Certificate;
import io.plabble.protocol.certificate.CertificateAuthority;
import io.plabble.protocol.certificate.CertificateVerifier;
import io.plabble.protocol.certificate.TrustStore;
import io.plabble.protocol.crypto.IdentityKeyPair;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.connect.ConnectExchange;
import io.plabble.protocol.internal.crypto.HkdfSha256;
import io.plabble.protocol.internal.crypto.SessionKeyPair;
import io.plabble.protocol.internal.crypto.SessionRandom;
import io.plabble.protocol.internal.packet.ConnectRequest;
import io.plabble.protocol.internal.packet.ConnectResponse;
import io.plabble.protocol.internal.packet.ReadRequest;
import io.plabble.protocol.internal.protection.PacketProtection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.NettyPipeline;

/**
 * Does once, before anybody waits, what the first connect of a JVM would spend most of its time on: event loops, native libraries,
 * classes, entropy, and cryptography that is not compiled yet. Opens no connection.
 */
public final class Warmup {
    /** From about here on, further rounds gain little: measured, see the README. */
    private static final int ROUNDS = 50;

    private final Settings settings;

    public Warmup(Settings settings) {
        this.settings = settings;
    }

    public Mono<Void> run() {
        return Mono.when(
                Mono.defer(() -> new Dialler(settings).client(channel -> {}).warmup()),
                Mono.fromRunnable(this::layers).subscribeOn(Schedulers.boundedElastic()),
                Mono.fromRunnable(Warmup::cryptography).subscribeOn(Schedulers.boundedElastic()));
    }

    /** Those that the settings ask for, on a channel that leads nowhere. */
    private void layers() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.pipeline().addLast(NettyPipeline.ReactiveBridge, new ChannelInboundHandlerAdapter());
        new ConnectionOwner(settings).own(channel, step -> {});
        channel.pipeline().fireChannelActive(); // they begin with their handshakes, which nobody answers
        channel.close();
        channel.releaseOutbound();
        channel.releaseInbound();
    }

    /** Both sides of CONNECT with a chain of two, then a request in both modes. */
    private static void cryptography() {
        HkdfSha256.load();
        SessionRandom.seeded();
        IdentityKeyPair rootKey = IdentityKeyPair.generate();
        IdentityKeyPair serverKey = IdentityKeyPair.generate();
        CertificateAuthority root =
                CertificateAuthority.root(rootKey, "root.invalid", PlabbleTimestamp.MIN, PlabbleTimestamp.MAX);
        Certificate server =
                root.issue(serverKey.publicKey(), "server.invalid", PlabbleTimestamp.MIN, PlabbleTimestamp.MAX);
        List<Certificate> chain = List.of(server, root.certificate());
        CertificateVerifier verifier = new CertificateVerifier(
                TrustStore.roots(root.certificate()), Duration.ZERO, CertificateVerifier.DEFAULT_MAX_CERTIFICATES);
        for (int round = 0; round < ROUNDS; round++) {
            connect(serverKey, chain, verifier, round % 2 == 0);
        }
        rootKey.destroy();
        serverKey.destroy();
    }

    private static void connect(
            IdentityKeyPair identity, List<Certificate> chain, CertificateVerifier verifier, boolean encrypted) {
        SessionKeyPair client = SessionKeyPair.generate(SessionRandom.seeded());
        SessionKeyPair server = SessionKeyPair.generate(SessionRandom.seeded());
        ConnectRequest request =
                ConnectExchange.receive(ConnectExchange.request(client, encrypted, true).encoded());
        byte[] answer = ConnectExchange.respond(request, server, identity, chain).encoded();
        ConnectResponse response = ConnectExchange.response(request, answer);
        verifier.verify(response.certificates(), server(response).name(), PlabbleTimestamp.MIN.toInstant());
        ConnectExchange.verifySignature(request, response, List.of(server(response).publicKey()));
        SharedSecret secret = ConnectExchange.agreeOnSecret(client, response.serverPublicKey());
        request(secret, encrypted);
        secret.destroy();
        client.destroy();
        server.destroy();
    }

    private static Certificate server(ConnectResponse response) {
        return response.certificates().get(0);
    }

    private static void request(SharedSecret secret, boolean encrypted) {
        PacketProtection protection = PacketProtection.of(secret, encrypted);
        ReadRequest request = new ReadRequest(BucketId.generate(0, Set.of()), SlotRange.all(), false);
        byte[] packet = protection.seal(0, request.header(), request.body(), null);
        byte[] header = protection.openHeader(0, packet, request.header().length);
        protection.openBody(0, header, packet, null);
        protection.destroy();
    }
}
