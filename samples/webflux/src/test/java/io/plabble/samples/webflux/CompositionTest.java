package io.plabble.samples.webflux;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.reactivestreams.Publisher;

/** The service is plain composition: Spring subscribes, and nobody waits. */
@AnalyzeClasses(packagesOf = NoticeBoardApplication.class, importOptions = ImportOption.DoNotIncludeTests.class)
class CompositionTest {
    @ArchTest
    static final ArchRule NOBODY_BLOCKS_OR_SUBSCRIBES = noClasses()
            .should()
            .callMethodWhere(target(nameMatching("block.*|subscribe|subscribeWith|toFuture|toIterable|toStream"))
                    .and(target(owner(JavaClass.Predicates.assignableTo(Publisher.class)))));

    @ArchTest
    static final ArchRule PACKAGES_DEPEND_ONE_WAY =
            slices().matching("io.plabble.samples.webflux.(*)..").should().beFreeOfCycles();
}
