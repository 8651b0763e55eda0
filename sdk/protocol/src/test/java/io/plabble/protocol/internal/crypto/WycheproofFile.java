package io.plabble.protocol.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.plabble.testsupport.VectorCase;
import io.plabble.testsupport.VectorFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A file of Project Wycheproof's vectors, which are not kept here: from the folder that the system property
 * {@code wycheproof.dir} names. A relative one begins where Maven was started.
 */
final class WycheproofFile {
    private static final String DIRECTORY = System.getProperty("wycheproof.dir", "");
    private static final Path STARTED_IN = Path.of(System.getProperty("maven.started.in", ""));

    private WycheproofFile() {}

    /** Checks every case of the file, which are as many as the file says. */
    static void forEachCase(String name, Consumer<Case> check) {
        assumeFalse(
                DIRECTORY.isEmpty(),
                "needs the folder testvectors_v1 of the C2SP/wycheproof project: -Dwycheproof.dir=FOLDER");
        VectorFile file = VectorFile.at(STARTED_IN.resolve(DIRECTORY).resolve(name));
        List<Case> cases = file.cases("testGroups")
                .flatMap(group -> group.cases("tests").stream().map(test -> new Case(group, test)))
                .toList();
        assertThat(cases).hasSize(file.integer("numberOfTests"));
        cases.forEach(check);
    }

    /**
     * One case, named as Wycheproof names it.
     *
     * @param group what it shares with others
     */
    record Case(VectorCase group, VectorCase test) {
        byte[] bytes(String field) {
            return test.bytes(field);
        }

        String result() {
            return test.text("result");
        }

        List<String> flags() {
            return test.texts("flags");
        }

        /** For a verdict or a flag that the test has no rule for. */
        AssertionError unaccounted() {
            return new AssertionError("no rule for " + this);
        }

        @Override
        public String toString() {
            return "tcId " + test.integer("tcId") + " \"" + test.text("comment") + "\", " + result() + " " + flags();
        }
    }
}
