package io.plabble.sdk;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.reactivestreams.Publisher;

/**
 * What an object of ours shows of itself to somebody who prints it, or asks for all that it tells without saying that it is a
 * secret: its own text, and that of whatever its public methods without parameters return.
 */
final class PublicView {
    /** They hand out a secret, and say so. */
    private static final Set<String> TELLING = Set.of("copy", "hex", "seed");

    private final StringBuilder text = new StringBuilder();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    static String of(Object object) {
        PublicView view = new PublicView();
        view.see(object);
        return view.text.toString();
    }

    private void see(Object object) {
        if (object == null || object instanceof Publisher || !seen.add(object)) {
            return;
        }
        if (object instanceof byte[] bytes) {
            text.append(HexFormat.of().formatHex(bytes)).append('\n');
        } else if (object instanceof Optional<?> optional) {
            optional.ifPresent(this::see);
        } else if (object instanceof Iterable<?> several) {
            several.forEach(this::see);
        } else {
            text.append(object).append(' ').append(object.hashCode()).append('\n');
            if (object.getClass().getName().startsWith("io.plabble")) {
                seeWhatItTells(object);
            }
        }
    }

    private void seeWhatItTells(Object object) {
        for (Method method : object.getClass().getMethods()) {
            if (method.getParameterCount() == 0
                    && method.getReturnType() != void.class
                    && !Modifier.isStatic(method.getModifiers())
                    && method.getDeclaringClass().getName().startsWith("io.plabble")
                    && !method.getReturnType().isInstance(object) // another one, otherwise set
                    && !TELLING.contains(method.getName())) {
                see(resultOf(method, object));
            }
        }
    }

    private static Object resultOf(Method method, Object object) {
        try {
            method.setAccessible(true);
            return method.invoke(object);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(method.toString(), e);
        }
    }
}
