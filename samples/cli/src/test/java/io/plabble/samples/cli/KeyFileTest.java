package io.plabble.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plabble.protocol.BucketId;
import io.plabble.protocol.BucketKey;
import io.plabble.protocol.PlabbleConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
    private static final String KEY = "ab".repeat(32);
    private static final BucketId ID = BucketId.generate(7, Set.of());

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("notes.key");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        KeyFile.create(file, ID, BucketKey.ofHex(KEY));

        assertThat(KeyFile.read(file)).isEqualTo(new KeyFile(ID, BucketKey.ofHex(KEY)));
        assertThat(file)
                .content()
                .startsWith("# ")
                .endsWith("\nbucket " + ID.hex() + "\nkey " + KEY + "\n")
                .hasLineCount(3);
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        KeyFile.create(file, ID, BucketKey.ofHex(KEY));

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(KeyFile.isExposed(file)).isFalse();
    }

    @Test
    void noFileIsEverOverwritten() {
        KeyFile.create(file, ID, BucketKey.ofHex(KEY));

        assertThatThrownBy(() -> KeyFile.create(file, ID, BucketKey.ofHex("cd".repeat(32))))
                .isInstanceOf(PlabbleConfigurationException.class)
                .hasMessageContaining("not overwritten");
        assertThat(KeyFile.read(file).key()).isEqualTo(BucketKey.ofHex(KEY));
    }

    @Test
    void aLinkThatLeadsNowhereIsAFileToo() throws IOException {
        Files.createSymbolicLink(file, directory.resolve("nowhere"));

        assertThatThrownBy(() -> NewFile.require(file)).hasMessageContaining("not overwritten");
        assertThatThrownBy(() -> KeyFile.create(file, ID, BucketKey.ofHex(KEY)))
                .hasMessageContaining("not overwritten");
        assertThat(directory.resolve("nowhere")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"rw-r-----, true", "rw-----w-, true", "rw----r--, true", "rwx------, false", "r--------, false"})
    void othersWhoMayReadOrWriteItAreNoticed(String permissions, boolean exposed) throws IOException {
        KeyFile.create(file, ID, BucketKey.ofHex(KEY));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThat(KeyFile.isExposed(file)).isEqualTo(exposed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# only a comment",
                "bucket ID",
                "key KEY",
                "bucket ID\nkey KEY\nkey KEY",
                "bucket ID\nkey KEY0",
                "bucket ID\nkey",
                "bucket KEY\nkey ID",
                "bucket ID\nkey KEY\nmore",
                "bucket ID key KEY"
            })
    void whatIsNoKeyFileIsRefusedWithoutQuotingIt(String content) throws IOException {
        Files.writeString(file, content.replace("ID", ID.hex()).replace("KEY", KEY));

        assertThatThrownBy(() -> KeyFile.read(file))
                .isInstanceOf(PlabbleConfigurationException.class)
                .hasMessageContaining(file.toString())
                .satisfies(refused -> assertThat(refused.toString()).doesNotContain("abab"))
                .satisfies(refused -> assertThat(refused.getCause()).isNull());
    }

    @Test
    void spacesAndCommentsDoNotMatter() throws IOException {
        Files.writeString(file, "\n  key   " + KEY + "  \r\n# more\r\nbucket\t" + ID.hex());

        assertThat(KeyFile.read(file)).isEqualTo(new KeyFile(ID, BucketKey.ofHex(KEY)));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> KeyFile.read(file)).hasMessage(file + ": there is no such file");
    }
}
