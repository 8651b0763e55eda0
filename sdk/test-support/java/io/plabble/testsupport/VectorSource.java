package io.plabble.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Runs a parameterized test on every {@link VectorCase} of a list. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(VectorSource.Provider.class)
public @interface VectorSource {
    String file();

    String list();

    /** Reads the cases. */
    final class Provider implements ArgumentsProvider, AnnotationConsumer<VectorSource> {
        private VectorSource source;

        @Override
        public void accept(VectorSource annotation) {
            source = annotation;
        }

        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            return VectorFile.named(source.file()).cases(source.list()).map(Arguments::of);
        }
    }
}
