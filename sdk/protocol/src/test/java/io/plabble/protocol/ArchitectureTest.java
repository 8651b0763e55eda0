package io.plabble.protocol;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.IDN;
import java.util.Arrays;
import java.util.Timer;
import java.util.concurrent.Executor;

@AnalyzeClasses(packages = "io.plabble.protocol", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String NETTY = "io.netty..";
    private static final String BOUNCY_CASTLE = "org.bouncycastle..";
    private static final String INTERNAL = "..internal..";

    @ArchTest
    static final ArchRule knowsNoReactorAndNoExecutors = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("reactor..", "org.reactivestreams..", "java.util.concurrent..");

    @ArchTest
    static final ArchRule opensNoConnection = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "java.net..",
                            "javax.net..",
                            "java.nio.channels..",
                            "io.netty.bootstrap..",
                            "io.netty.channel.socket..",
                            "io.netty.channel.nio..",
                            "io.netty.resolver..")
                    .and(not(equivalentTo(IDN.class)))); // only maps names

    @ArchTest
    static final ArchRule startsNoThread = noClasses()
            .should()
            .dependOnClassesThat(
                    assignableTo(Thread.class).or(assignableTo(Executor.class)).or(assignableTo(Timer.class)));

    @ArchTest
    static final ArchRule onlyTheCryptoPackagesSeeBouncyCastle = noClasses()
            .that()
            .resideOutsideOfPackages("..protocol.crypto..", "..protocol.internal.crypto..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BOUNCY_CASTLE);

    @ArchTest
    static final ArchRule onlyTheInternalPackagesSeeNetty = noClasses()
            .that()
            .resideOutsideOfPackage(INTERNAL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(NETTY);

    /** Keys, MACs and signatures: {@link java.security.MessageDigest#isEqual} takes as long for any difference. */
    @ArchTest
    static final ArchRule secretsAreComparedInConstantTime = noClasses()
            .that()
            .resideInAnyPackage("..crypto..", "..internal.protection..", "..internal.connect..")
            .or()
            .areAssignableTo(BucketKey.class)
            .should()
            .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
            .orShould()
            .callMethod(Arrays.class, "compare", byte[].class, byte[].class)
            .orShould()
            .callMethod(Arrays.class, "mismatch", byte[].class, byte[].class);

    private static final DescribedPredicate<JavaClass> FOREIGN = resideInAnyPackage(NETTY, BOUNCY_CASTLE);

    @ArchTest
    static final ArchRule publicSignaturesShowNoForeignTypes = noCodeUnits()
            .that()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage(INTERNAL)
            .and()
            .areNotPrivate()
            .should()
            .haveRawReturnType(FOREIGN)
            .orShould()
            .haveRawParameterTypes(anyElementThat(FOREIGN));
}
