package io.plabble.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong before anything is done. */
class UsageTest {
    private static final String ID = "00".repeat(16);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|a command is missing",
                "frobnicate|frobnicate",
                "connect|HOST:PORT",
                "connect localhost --unauthenticated|HOST:PORT",
                "connect localhost:1|whom to trust?",
                "connect localhost:1 --unauthenticated --trust a.pem|cannot be combined",
                "connect localhost:1 --intermediate a.pem --unauthenticated|--intermediate needs --trust",
                "connect localhost:1 --pin 00|identity key",
                "connect localhost:1 --unauthenticated --timeout 10|duration",
                "connect localhost:1 --unauthenticated --timeout 0s|connect timeout",
                "connect localhost:1 --trust a.pem --clock-skew 6m|at most 5m",
                "connect localhost:1 --trust a.pem --at noon|instant",
                "connect localhost:1 --unauthenticated --encryption maybe|none of auto, on, off",
                "connect localhost:1 --unauthenticated more|more",
                "create localhost:1 --unauthenticated|--key-file",
                "create localhost:1 --unauthenticated --key-file k --allow all|none of public-read",
                "create localhost:1 --unauthenticated --key-file k --lifetime-days 256|lifetime",
                "put localhost:1 --unauthenticated|INDEX",
                "put localhost:1 0 x --unauthenticated|which bucket?",
                "put localhost:1 65536 x --unauthenticated --bucket ID|outside 0 to 65535",
                "put localhost:1 0 x --file f --unauthenticated --bucket ID|both",
                "append localhost:1 x --lines --unauthenticated --bucket ID|--lines",
                "read localhost:1 9..5 --unauthenticated --bucket ID|slot range",
                "read localhost:1 --unauthenticated --bucket 00|bucket id",
                "read localhost:1 --unauthenticated --bucket ID --raw --json|exclude each other",
                "connect localhost:1 --unauthenticated --websocket x|begins with /",
                "connect localhost:1 --unauthenticated --websocket /%|no path of a URI",
                "serve --port 65536|outside 0 to 65535",
                "serve --certificate x|belong together",
                "serve --tls-key x|belong together",
                "serve --certificate x --key y --name z|fresh",
                "serve --write-tls-ca x|needs --tls",
                "wipe localhost:1 --unauthenticated --bucket ID|which slots?",
                "wipe localhost:1 5 --all --unauthenticated --bucket ID|which slots?",
                "watch localhost:1 --count 0 --unauthenticated --bucket ID|not positive",
                "certificate|is missing",
                "certificate root --name x|--key-out",
                "certificate root --name x --key-out k --out o --days 1 --valid-to 2027-01-01T00:00:00Z|exclude",
                "certificate root --name x --key-out k --out o --days 0|not positive",
                "certificate root --name x --key-out k --out o --valid-from 2019-12-31T00:00:00Z|timestamp",
                "certificate issue --issuer i --issuer-key k --name x --out o|--key",
                "certificate verify f --host x|whom to trust?",
            })
    void wrongUsageIsToldInOneLineAndExits2(String arguments, String message) {
        String[] words =
                arguments == null ? new String[0] : arguments.replace("ID", ID).split(" ");

        InProcess.run(words).misused(message);
    }

    @Test
    void wrongUsageIsForPeopleWhateverTheFormat() {
        InProcess.run("connect", "localhost:1", "--json").misused("whom to trust?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "connect --help",
                "create --help",
                "put --help",
                "append --help",
                "read --help",
                "wipe --help",
                "delete --help",
                "watch --help",
                "serve --help",
                "certificate --help",
                "certificate root --help",
                "certificate issue --help",
                "certificate show --help",
                "certificate verify --help"
            })
    void helpIsAResult(String arguments) {
        Outcome help = InProcess.run(arguments.split(" ")).done();

        assertThat(help.out()).startsWith("Usage: plabble").doesNotContain("\u001b");
    }
}
