package io.plabble.sdk;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** Its own classes from what this JVM was started with, but for those of some packages. */
final class ClassesWithout extends URLClassLoader {
    private final List<String> packages;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    ClassesWithout(String... packages) {
        super(classPath(), ClassLoader.getPlatformClassLoader());
        this.packages = List.of(packages);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (packages.stream().anyMatch(name::startsWith)) {
            throw new ClassNotFoundException(name);
        }
        asked.add(name);
        return super.loadClass(name, resolve);
    }

    Object call(Class<? extends Callable<?>> task) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(this); // services are looked up by it
        try {
            return ((Callable<?>)
                            loadClass(task.getName()).getDeclaredConstructor().newInstance())
                    .call();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    boolean hasLoaded(String start) {
        return asked.stream().anyMatch(name -> name.startsWith(start));
    }

    private static URL[] classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(ClassesWithout::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
