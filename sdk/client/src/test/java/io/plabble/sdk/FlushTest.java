package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** How often the system is asked to send. */
class FlushTest extends SessionFixture {
    private final AtomicInteger flushes = new AtomicInteger();

    @Test
    void requestsThatOneAnswerBringsAboutLeaveTogether() {
        Bucket bucket = create(connect(counted()));
        int before = flushes.get();

        done(bucket.put(0, "one")
                .then(Flux.range(1, 10)
                        .flatMap(index -> bucket.put(index, "ten"))
                        .then()));

        assertThat(flushes).hasValue(before + 2);
    }

    private PlabbleClient counted() {
        return client().tcp(tcp -> tcp.doOnChannelInit(
                (observer, channel, address) -> channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void flush(ChannelHandlerContext context) {
                        flushes.incrementAndGet();
                        context.flush();
                    }
                })));
    }
}
