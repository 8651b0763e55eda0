package io.plabble.sdk.test;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What the server has been told to do wrong, and what it has seen. */
final class Registry {
    final Map<FaultPoint, Fault> faults = new ConcurrentHashMap<>();
    final AtomicInteger accepted = new AtomicInteger();
    final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    final List<SeenRequest> requests = new CopyOnWriteArrayList<>();
    final List<ServerSession> sessions = new CopyOnWriteArrayList<>();

    void accept(Channel channel) {
        open.add(channel); // before it is counted: who sees the count also sees the connection
        accepted.incrementAndGet();
    }

    @Nullable
    Fault at(FaultPoint point) {
        return faults.get(point);
    }
}
