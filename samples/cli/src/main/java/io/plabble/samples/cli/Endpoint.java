package io.plabble.samples.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * Where to connect to.
 *
 * @param host a name or an IP address, without brackets
 * @param port 1 to 65,535
 */
record Endpoint(String host, int port) {
    private static final int LARGEST_PORT = 0xffff;
    // An IPv6 address stands in brackets (RFC 3986 §3.2.2): its colons would hide the port's.
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^\\s:\\[\\]/]+)):([0-9]{1,5})");

    static Endpoint parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> new TypeConversionException("'" + text
                        + "' is not HOST:PORT, with a port from 1 to 65535 and an IPv6 address in brackets"));
    }

    static Optional<Endpoint> tryParse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(form.group(3));
        String host = form.group(1) == null ? form.group(2) : form.group(1);
        return Optional.of(new Endpoint(host, port)).filter(it -> port >= 1 && port <= LARGEST_PORT);
    }

    /** As it is written on the command line and in a URI. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
