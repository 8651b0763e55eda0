package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.plabble.protocol.PlabbleConfigurationException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.resources.LoopResources;

/** What the socket is told, asked of the socket itself. */
class KeepAliveTest extends SessionFixture {
    private static final KeepAlive OWN = new KeepAlive(Duration.ofSeconds(7), Duration.ofSeconds(3), 5);

    private final AtomicReference<Channel> channel = new AtomicReference<>();

    @Test
    void overEpollADeadPathIsNoticedByDefaultWithinAMinute() {
        assumeTrue(Epoll.isAvailable());
        connect(watched(client()));

        assertThat(channel.get()).isInstanceOf(EpollSocketChannel.class);
        assertThat(option(ChannelOption.SO_KEEPALIVE)).isTrue();
        assertThat(option(EpollChannelOption.TCP_KEEPIDLE)).isEqualTo(30);
        assertThat(option(EpollChannelOption.TCP_KEEPINTVL)).isEqualTo(10);
        assertThat(option(EpollChannelOption.TCP_KEEPCNT)).isEqualTo(3);
        assertThat(option(EpollChannelOption.TCP_USER_TIMEOUT)).isEqualTo(60_000);
    }

    @Test
    void overEpollItIsASetting() {
        assumeTrue(Epoll.isAvailable());
        connect(watched(client().keepAlive(OWN)));

        assertThat(option(EpollChannelOption.TCP_KEEPIDLE)).isEqualTo(7);
        assertThat(option(EpollChannelOption.TCP_KEEPINTVL)).isEqualTo(3);
        assertThat(option(EpollChannelOption.TCP_KEEPCNT)).isEqualTo(5);
        assertThat(option(EpollChannelOption.TCP_USER_TIMEOUT)).isEqualTo(22_000);
    }

    @Test
    void overTheTransportOfTheJdkAsWell() {
        LoopResources loops = LoopResources.create("nio");
        try {
            connect(watched(client().keepAlive(OWN).tcp(tcp -> tcp.runOn(loops, false))));

            assertThat(channel.get()).isInstanceOf(NioSocketChannel.class);
            assertThat(option(ChannelOption.SO_KEEPALIVE)).isTrue();
            assertThat(option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE)))
                    .isEqualTo(7);
            assertThat(option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL)))
                    .isEqualTo(3);
            assertThat(option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT)))
                    .isEqualTo(5);
        } finally {
            closeSessions(); // before its event loop ends, which might leave it open
            eventually(() -> assertThat(server.openConnections()).isZero());
            loops.disposeLater(Duration.ZERO, BOUND).block(BOUND);
        }
    }

    @Test
    void aCustomiserThatDecidesIsLeftAlone() {
        connect(watched(client().tcp(tcp -> tcp.option(ChannelOption.SO_KEEPALIVE, false))));

        assertThat(option(ChannelOption.SO_KEEPALIVE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, PT1S, 1",
        "PT1S, PT0S, 1",
        "PT1S, PT1S, 0",
        "PT1S, PT1S, 128",
        "PT1.5S, PT1S, 1",
        "PT-1S, PT1S, 1",
        "PT9H6M8S, PT1S, 1"
    })
    void whatCannotBeSetIsRefused(Duration idle, Duration interval, int count) {
        assertThatThrownBy(() -> new KeepAlive(idle, interval, count))
                .isInstanceOf(PlabbleConfigurationException.class);
    }

    private PlabbleClient watched(PlabbleClient client) {
        return client.tcp(tcp -> tcp.doOnConnected(connection -> channel.set(connection.channel())));
    }

    private <T> T option(ChannelOption<T> option) {
        return channel.get().config().getOption(option);
    }
}
