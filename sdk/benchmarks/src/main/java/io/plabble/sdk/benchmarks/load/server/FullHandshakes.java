package io.plabble.sdk.benchmarks.load.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The server's key, which knows for how many handshakes it was asked: only a whole one needs it, one that resumes an earlier session does not. A
 * stack resumes without saying so.
 */
final class FullHandshakes extends X509ExtendedKeyManager {
    private static final String ALIAS = "server";

    private final PrivateKey key;
    private final X509Certificate[] chain;
    private final Map<SSLEngine, Boolean> asked = new ConcurrentHashMap<>();
    private final AtomicLong full = new AtomicLong();

    FullHandshakes(PrivateKey key, X509Certificate... chain) {
        this.key = key;
        this.chain = chain;
    }

    long count() {
        return full.get();
    }

    /** To be put behind the TLS handler of each channel. */
    ChannelInboundHandlerAdapter counter() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext context, Object event) {
                if (event instanceof SslHandshakeCompletionEvent) {
                    done(context.pipeline().get(SslHandler.class).engine());
                }
                context.fireUserEventTriggered(event);
            }
        };
    }

    private void done(SSLEngine engine) {
        if (asked.remove(engine) != null) {
            full.incrementAndGet();
        }
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        if (!key.getAlgorithm().equals(keyType)) {
            return null;
        }
        asked.put(engine, true);
        return ALIAS;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return chain;
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return key;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
