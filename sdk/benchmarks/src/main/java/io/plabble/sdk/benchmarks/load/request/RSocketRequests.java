package io.plabble.sdk.benchmarks.load.request;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.plabble.sdk.benchmarks.load.Latency;
import io.plabble.sdk.benchmarks.load.Load;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.core.RSocketConnector;
import io.rsocket.frame.decoder.PayloadDecoder;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.util.ByteBufPayload;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import reactor.core.publisher.Mono;

/** Request-response with a server that sends the payload back, without encryption or authentication of any kind. */
public final class RSocketRequests implements Load {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final RSocket socket;
    private final ByteBuf content;

    /** @param arguments the server's port, and how many bytes the payload has */
    public RSocketRequests(List<String> arguments) {
        socket = Objects.requireNonNull(RSocketConnector.create()
                .payloadDecoder(PayloadDecoder.ZERO_COPY)
                .connect(TcpClientTransport.create("127.0.0.1", Integer.parseInt(arguments.get(0))))
                .block(DEADLINE));
        content = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(new byte[Integer.parseInt(arguments.get(1))]));
    }

    @Override
    public Mono<Void> once(Histogram latencies) {
        return Latency.record(
                Mono.defer(() -> socket.requestResponse(ByteBufPayload.create(content.duplicate())))
                        .doOnNext(Payload::release)
                        .then(),
                latencies);
    }

    @Override
    public void close() {
        socket.dispose();
    }
}
