package io.plabble.sdk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.plabble", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_PROTOCOL_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage("io.plabble.protocol..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.plabble.sdk..", "reactor..");

    @ArchTest
    static final ArchRule THE_TEST_SERVER_DOES_NOT_KNOW_THE_CLIENT = classes()
            .that()
            .resideInAPackage("io.plabble.sdk.test..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.plabble.sdk.test..",
                    "io.plabble.protocol..",
                    "java..",
                    "javax.net.ssl..",
                    "javax.security..",
                    "io.netty..",
                    "reactor..",
                    "org.reactivestreams..",
                    "org.slf4j..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule THE_CLIENT_DOES_NOT_KNOW_THE_TEST_SERVER = noClasses()
            .that()
            .resideInAnyPackage("io.plabble.sdk", "io.plabble.sdk.internal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.plabble.sdk.test..");

    @ArchTest
    static final ArchRule ONLY_THE_PROTOCOLS_CRYPTO_SEES_BOUNCYCASTLE = noClasses()
            .that()
            .resideOutsideOfPackages("io.plabble.protocol.crypto..", "io.plabble.protocol.internal.crypto..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    @ArchTest
    static final ArchRule NETTY_STAYS_INTERNAL = noClasses()
            .that()
            .resideInAPackage("io.plabble.sdk")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule A_SESSION_DOES_NOT_KNOW_WHO_KEEPS_IT = noClasses()
            .that()
            .resideInAPackage("io.plabble.sdk.internal")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.plabble.sdk.internal.sessions");

    @ArchTest
    static final ArchRule WHO_KEEPS_SESSIONS_SEES_NO_CONNECTION = noClasses()
            .that()
            .resideInAPackage("io.plabble.sdk.internal.sessions")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.channel..", "io.netty.buffer..", "reactor.netty..");

    @ArchTest
    static final ArchRule ONLY_ONE_PACKAGE_SEES_MICROMETER = noClasses()
            .that()
            .resideOutsideOfPackage("io.plabble.sdk.micrometer")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.plabble.sdk.micrometer..");

    @ArchTest
    static final ArchRule MICROMETERS_PACKAGE_SEES_NOTHING_INTERNAL = noClasses()
            .that()
            .resideInAPackage("io.plabble.sdk.micrometer")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..plabble..internal..");
}
