package io.plabble.sdk.internal;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.plabble.sdk.KeepAlive;
import jdk.net.ExtendedSocketOptions;

/** Sets a socket's keep-alive, as far as its transport has it: epoll and the JDK's; others keep the times of the system. */
final class KeepAliveOptions {
    private KeepAliveOptions() {}

    static void apply(KeepAlive keepAlive, Channel channel) {
        ChannelConfig config = channel.config();
        int idle = Math.toIntExact(keepAlive.idle().toSeconds());
        int interval = Math.toIntExact(keepAlive.interval().toSeconds());
        config.setOption(ChannelOption.SO_KEEPALIVE, true);
        if (channel instanceof NioSocketChannel) {
            config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), idle);
            config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), interval);
            config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), keepAlive.count());
        } else if (isEpoll(channel)) {
            config.setOption(EpollChannelOption.TCP_KEEPIDLE, idle);
            config.setOption(EpollChannelOption.TCP_KEEPINTVL, interval);
            config.setOption(EpollChannelOption.TCP_KEEPCNT, keepAlive.count());
            config.setOption(
                    EpollChannelOption.TCP_USER_TIMEOUT,
                    Math.toIntExact(keepAlive.patience().toMillis()));
        }
    }

    private static boolean isEpoll(Channel channel) {
        try {
            return channel instanceof EpollSocketChannel;
        } catch (NoClassDefFoundError e) { // the native transport was excluded
            return false;
        }
    }
}
