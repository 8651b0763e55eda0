package io.plabble.samples.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints; the version stands in the jar's manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Plabble.class.getPackage().getImplementationVersion();
        return new String[] {"plabble " + Objects.requireNonNullElse(version, "(unpackaged)") + ", protocol version 1"};
    }
}
