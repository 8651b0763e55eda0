package io.plabble.sdk;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Resolves every name to the same addresses, or to none, and counts. */
public final class Addresses extends AddressResolverGroup<InetSocketAddress> {
    private final AtomicInteger lookUps = new AtomicInteger();
    private volatile List<String> literals;
    private volatile Runnable whenAsked = () -> {};

    public Addresses(String... literals) {
        this.literals = List.of(literals);
    }

    void nowAre(String... changed) {
        literals = List.of(changed);
    }

    /** Told of each look-up before it is answered. */
    void whenAsked(Runnable listener) {
        whenAsked = listener;
    }

    int lookUps() {
        return lookUps.get();
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new InetSocketAddressResolver(executor, new InetNameResolver(executor) {
            @Override
            protected void doResolve(String name, Promise<InetAddress> promise) {
                lookUps.incrementAndGet();
                whenAsked.run();
                if (literals.isEmpty()) {
                    promise.setFailure(new UnknownHostException(name));
                } else {
                    promise.setSuccess(addresses().get(0));
                }
            }

            @Override
            protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
                lookUps.incrementAndGet();
                whenAsked.run();
                if (literals.isEmpty()) {
                    promise.setFailure(new UnknownHostException(name));
                } else {
                    promise.setSuccess(addresses());
                }
            }
        });
    }

    private List<InetAddress> addresses() {
        return literals.stream()
                .map(NetUtil::createByteArrayFromIpAddressString)
                .map(Addresses::address)
                .toList();
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
