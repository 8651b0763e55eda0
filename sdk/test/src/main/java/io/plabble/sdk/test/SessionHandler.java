package io.plabble.sdk.test;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.plabble.protocol.crypto.SharedSecret;
import io.plabble.protocol.internal.packet.SlotsResponse;
import io.plabble.protocol.internal.protection.PacketProtection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection after CONNECT (§6 to §9): takes its requests in order, has them carried out, and sends every connection what
 * they cause: the answer first, then the updates.
 */
final class SessionHandler extends SimpleChannelInboundHandler<ByteBuf> {
    private final Registry registry;
    private final Channel channel;
    private final SharedSecret secret;
    private final PacketProtection protection;
    private final Subscriptions subscriptions;
    private final RequestReader reader;
    private final BucketService service;
    private final Gate<ReceivedPacket> requests;
    private final Output output;
    private int counter;

    /** @param secret becomes this handler's, which erases it when the connection is closed */
    SessionHandler(
            Registry registry, Settings settings, Channel channel, Wire wire, SharedSecret secret, boolean encrypted) {
        this.registry = registry;
        this.channel = channel;
        this.secret = secret;
        this.protection = PacketProtection.of(secret, encrypted);
        this.subscriptions = new Subscriptions(settings.updatesOfSeveralSlots());
        this.reader = new RequestReader(protection, registry.buckets);
        this.service =
                new BucketService(registry.buckets, subscriptions, protection::bucketKey, settings.largestContent());
        this.requests = new Gate<>(packet -> registry.faults.at(FaultPoint.REQUEST_RECEIVED), this::handle);
        this.output = new Output(channel, wire, protection, registry.faults, settings.firstServerCounter());
        this.counter = settings.firstClientCounter();
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** Lets go on what a fault holds; from any thread. */
    void release() {
        channel.eventLoop().execute(() -> {
            output.release();
            requests.release();
        });
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        registry.live.add(this);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf packet) {
        if (output.isClosed()) {
            return;
        }
        if (counter > Counters.LAST) {
            output.close();
            return;
        }
        ReceivedPacket received = reader.receive(counter, ByteBufUtil.getBytes(packet));
        counter++;
        // Who sees the count may change the fault: this request has met the one that was there before.
        requests.enter(received, () -> RequestReader.type(received).ifPresent(registry::countReceived));
    }

    private void handle(ReceivedPacket packet, @Nullable Fault fault) {
        if (output.isClosed() || fault instanceof Fault.Silence) {
            return;
        }
        if (fault instanceof Fault.Close) {
            output.close();
        } else if (fault instanceof Fault.Cut) {
            output.cut();
        } else if (fault instanceof Fault.Reset) {
            output.reset();
        } else if (fault instanceof Fault.Refuse refuse) {
            send(packet, Outcome.refused(packet.counter(), refuse.code(), refuse.message()), List.of());
        } else {
            carryOut(packet);
        }
    }

    private void carryOut(ReceivedPacket packet) {
        Outcome outcome;
        List<Delivery> updates;
        try {
            AuthenticRequest request = reader.read(packet);
            outcome = service.carryOut(request);
            updates = updates(request, outcome);
        } catch (ServerRefusal refusal) {
            outcome = Outcome.refused(packet.counter(), refusal.code());
            updates = List.of();
        }
        // Before the answer: who has it finds the subscriptions ended.
        outcome.deleted().ifPresent(registry::endSubscriptions);
        send(packet, outcome, updates);
    }

    private List<Delivery> updates(AuthenticRequest request, Outcome outcome) {
        if (outcome.changes().isEmpty()) { // such as a read's, for which thousands of sessions need not be asked
            return List.of();
        }
        return registry.live.stream()
                .map(session -> new Delivery(
                        session.output,
                        session.subscriptions.updates(request.request().bucketId(), outcome.changes())))
                .toList();
    }

    private void send(ReceivedPacket packet, Outcome outcome, List<Delivery> updates) {
        output.answer(outcome.answer(), packet.counter() == Counters.LAST);
        updates.forEach(delivery -> delivery.updates().forEach(delivery.to()::update));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        registry.live.remove(this);
        output.end();
        requests.clear();
        subscriptions.endAll();
        protection.destroy();
        secret.destroy();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        output.end();
        LingeringClose.close(channel);
    }

    private record Delivery(Output to, List<SlotsResponse> updates) {}
}
