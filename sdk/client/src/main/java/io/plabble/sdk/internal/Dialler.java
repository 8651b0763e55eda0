package io.plabble.sdk.internal;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.plabble.protocol.PlabbleConfigurationException;
import java.util.function.Consumer;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.TcpClient;
import reactor.netty.transport.AddressUtils;

/** Makes the Reactor Netty client that dials: the caller's customisers first, so that they cannot undo what is set after them. */
final class Dialler {
    private final Settings settings;

    Dialler(Settings settings) {
        this.settings = settings;
    }

    /**
     * @param own given each channel that is made, before it is connected
     * @throws PlabbleConfigurationException for a customiser that fails, or that sets what is not its business
     */
    TcpClient client(Consumer<Channel> own) {
        TcpClient customised = customised(TcpClient.create(ConnectionProvider.newConnection()));
        boolean decided = customised.configuration().options().containsKey(ChannelOption.SO_KEEPALIVE);
        return customised
                .remoteAddress(() -> AddressUtils.createUnresolved(
                        settings.endpoint().host(), settings.endpoint().port()))
                .doOnChannelInit((observer, channel, address) -> {
                    if (!decided) {
                        KeepAliveOptions.apply(settings.network().keepAlive(), channel);
                    }
                    own.accept(channel);
                });
    }

    /** A pool would be of no use, since a session is never used again, and would be kept for each connect, as its key differs. */
    private TcpClient customised(TcpClient client) {
        TcpClient customised = Callbacks.call(
                "the TCP customiser", () -> settings.network().tcp().apply(client));
        if (customised.configuration().connectionProvider()
                != client.configuration().connectionProvider()) {
            throw new PlabbleConfigurationException(
                    "the TCP customiser must change the client that it is given; it returned one with a connection pool");
        }
        if (customised.configuration().isSecure()) {
            throw new PlabbleConfigurationException(
                    "the TCP customiser must not set up TLS: secure(…) of the Plabble client does, and verifies the server's name");
        }
        return customised;
    }
}
