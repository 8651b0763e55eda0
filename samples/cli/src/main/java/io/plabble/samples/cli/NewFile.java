package io.plabble.samples.cli;

import io.plabble.protocol.PlabbleConfigurationException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Files for keys are always new: what is overwritten might be the only copy of another key. */
final class NewFile {
    private NewFile() {}

    /**
     * Looks early, so that nothing is done in vain; who writes must still create the file and not replace it.
     *
     * @throws PlabbleConfigurationException if there is something by this name
     */
    static void require(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw exists(file);
        }
    }

    static PlabbleConfigurationException exists(Path file) {
        return new PlabbleConfigurationException(file + ": there is such a file already, and it is not overwritten");
    }
}
