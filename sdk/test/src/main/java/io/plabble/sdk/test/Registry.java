package io.plabble.sdk.test;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.plabble.protocol.BucketId;
import io.plabble.protocol.PacketType;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What all connections share: the buckets, what the server has been told to do wrong, and what it has seen. */
final class Registry {
    final Faults faults;
    final Buckets buckets;
    final AtomicInteger accepted = new AtomicInteger();
    final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    final Recent<SeenRequest> requests = new Recent<>();
    final Recent<ServerSession> sessions = new Recent<>();
    /** The connections that are past CONNECT, in the order in which they got there. */
    final List<SessionHandler> live = new CopyOnWriteArrayList<>();

    private final Map<PacketType, AtomicLong> received = Arrays.stream(PacketType.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), type -> new AtomicLong()));

    Registry(Faults faults, Clock clock) {
        this.faults = faults;
        this.buckets = new Buckets(clock, this::endSubscriptions);
    }

    void accept(Channel channel) {
        open.add(channel); // before it is counted: who sees the count also sees the connection
        accepted.incrementAndGet();
    }

    void countReceived(PacketType type) {
        counter(type).incrementAndGet();
    }

    long received(PacketType type) {
        return counter(type).get();
    }

    private AtomicLong counter(PacketType type) {
        return Objects.requireNonNull(received.get(type));
    }

    void endSubscriptions(BucketId bucket) {
        live.forEach(session -> session.subscriptions().end(bucket));
    }

    List<ServerSubscription> subscriptions() {
        return live.stream()
                .flatMap(session -> session.subscriptions().stream())
                .filter(subscription -> buckets.find(subscription.bucket()).isPresent())
                .toList();
    }
}
