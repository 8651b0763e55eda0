package io.plabble.sdk;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;

/** How an event loop reads and writes: the end of a connection looks different to each. */
enum Io {
    /** As users have it: natively where that is possible. */
    DEFAULT {
        @Override
        IoHandlerFactory handlers() {
            return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NIO.handlers();
        }
    },
    NIO {
        @Override
        IoHandlerFactory handlers() {
            return NioIoHandler.newFactory();
        }
    };

    abstract IoHandlerFactory handlers();
}
