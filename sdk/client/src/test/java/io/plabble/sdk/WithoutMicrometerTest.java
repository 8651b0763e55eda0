package io.plabble.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that has no Micrometer on its class path, or a part of it only. */
class WithoutMicrometerTest {
    @Test
    void aSessionWorksAndNothingOfMicrometerIsMissed() throws Exception {
        try (ClassesWithout loader = new ClassesWithout("io.micrometer.")) {
            assertThat(loader.call(WithoutMicrometer.UseASession.class)).isEqualTo("[hello]");
            assertThat(loader.hasLoaded("io.plabble.sdk.PlabbleClient")).isTrue();
            assertThat(loader.hasLoaded("io.plabble.sdk.micrometer.")).isFalse();
        }
    }

    @Test
    void everyPublicClassCanBeLookedInto() throws Exception {
        try (ClassesWithout loader = new ClassesWithout("io.micrometer.")) {
            List<Object> seen = new ArrayList<>();
            for (String name : publicClassesOf("io.plabble.sdk")) {
                seen.addAll(lookInto(loader.loadClass(name)).toList());
            }
            assertThat(seen)
                    .contains("io.plabble.sdk.PlabbleClient", "io.plabble.sdk.Instrumentation$Observed")
                    .contains("public io.plabble.sdk.PlabbleClient"
                            + " io.plabble.sdk.PlabbleClient.instrument(io.plabble.sdk.Instrumentation)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.micrometer.core.", "io.micrometer.context."})
    void observationsNeedMicrometerObservationOnly(String missing) throws Exception {
        try (ClassesWithout loader = new ClassesWithout(missing)) {
            assertThat(loader.call(WithoutMicrometer.ObserveASession.class))
                    .isEqualTo("[plabble.client.connect, plabble.client.request, plabble.client.request]");
        }
    }

    /** As frameworks do that look for annotations. */
    private static Stream<Object> lookInto(Class<?> type) {
        Stream<Executable> members = Stream.of(
                        type.getMethods(),
                        type.getDeclaredMethods(),
                        type.getConstructors(),
                        type.getDeclaredConstructors())
                .flatMap(Arrays::stream);
        return Stream.of(
                        Stream.of(type.getName(), type.getGenericInterfaces(), type.getDeclaredClasses()),
                        Arrays.stream(type.getDeclaredFields()).map(Field::getGenericType),
                        members.flatMap(member -> Stream.of(
                                member.toGenericString(),
                                member.getAnnotatedReturnType().getType(),
                                member.getAnnotations())))
                .flatMap(all -> all);
    }

    /** Those of this package, not of those beneath it. */
    private static List<String> publicClassesOf(String name) {
        try {
            Path classes = Path.of(PlabbleClient.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.list(classes.resolve(name.replace('.', '/')))) {
                return files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
                        .map(file -> name + "." + file.substring(0, file.length() - ".class".length()))
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
