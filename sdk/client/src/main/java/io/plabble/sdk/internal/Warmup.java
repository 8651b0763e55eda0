package io.plabble.sdk.internal;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.plabble.protocol.BucketId;
import io.plabble.sdk.PlabbleSession;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.NettyPipeline;
import reactor.netty.tcp.TcpClient;

/**
 * Does once, before anybody waits, what the first connect of a JVM would spend most of its time on: event loops, native libraries,
 * classes, entropy, and code that is not compiled yet. Plays whole sessions with a peer in memory; no byte leaves the machine.
 */
public final class Warmup {
    /** Enough for the cryptography to be compiled; more gains little. */
    private static final int SESSIONS = 100;

    private final Settings settings;

    public Warmup(Settings settings) {
        this.settings = settings;
    }

    public Mono<Void> run() {
        return Mono.defer(() -> transport(new Dialler(settings).client(channel -> {})))
                .then(Mono.fromRunnable(this::layers))
                .then(Flux.range(0, SESSIONS)
                        .concatMap(number -> session(new MemoryPeer(number % 2 == 0)))
                        .then())
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** Loops, resolver and libraries; and what dialling takes, at a port that nobody can listen at. */
    private static Mono<Void> transport(TcpClient client) {
        Mono<Void> dialling = TcpClient.newConnection()
                .runOn(client.configuration().loopResources())
                .host("127.0.0.1")
                .port(0)
                .connect()
                .then()
                .onErrorComplete();
        return client.warmup().then(dialling);
    }

    /** Those that the settings ask for, on a channel that leads nowhere. */
    private void layers() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.pipeline().addLast(NettyPipeline.ReactiveBridge, new ChannelInboundHandlerAdapter());
        new ConnectionOwner(settings, Journal.silent(settings)).own(channel, step -> {});
        channel.pipeline().fireChannelActive(); // they begin with their handshakes, which nobody answers
        channel.close();
        channel.releaseOutbound();
    }

    private static Mono<Void> session(MemoryPeer peer) {
        ConnectionOwner owner = new ConnectionOwner(peer.settings(), Journal.silent(peer.settings()));
        return new Handshake(peer.settings(), owner, peer::dial, Schedulers.immediate())
                .session()
                .flatMap(session -> request(session, peer))
                .then(owner.close());
    }

    private static Mono<Void> request(PlabbleSession session, MemoryPeer peer) {
        Mono<Void> read = session.bucket(BucketId.generate(0, Set.of())).read().then();
        return Mono.when(read, Mono.fromRunnable(peer::answer));
    }
}
