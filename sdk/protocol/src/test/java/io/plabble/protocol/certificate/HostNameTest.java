package io.plabble.protocol.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** D16, beyond what the vectors show. */
class HostNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "*.example",
                "[::1]",
                "[127.0.0.1]",
                "::ffff:1.2.3.4",
                "::ffff:102:304",
                "0:0:0:0:0:FFFF:1:2",
                "fe80::1%eth0",
                "fe80::1%1",
                "faß.de",
                ".",
                "..",
                ".example",
                "a..b",
                "a b",
                "a/b",
                "a:b",
                "user@host",
                "a\u0000b",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                ":::",
                "12345::",
                "Kelvin\u212a.example"
            })
    void matchesNotEvenItself(String name) {
        assertThat(HostName.matches(name, name)).isFalse();
        assertThat(HostName.mayIssue(name, name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "A-1_b.example",
                "xn--mnchen-3ya.example",
                "münchen.example",
                "1.2.3.4",
                "::",
                "1::",
                "::1.2.3.4"
            })
    void matchesItself(String name) {
        assertThat(HostName.matches(name, name)).isTrue();
        assertThat(HostName.mayIssue(name, name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "a.b, a.b.., false",
        "a.b., a.b.., false",
        "a.b., a.b., false",
        "a.b, a.b., true",
        "127.0.0.1, 127.1, false",
        "127.0.0.1, 127.0.0.01, false",
        "127.0.0.1, 127.0.0.1., true",
        "1.2.3.4, ::ffff:1.2.3.4, false",
        "::1, [::1], false",
        "::1, 0000:0000:0000:0000:0000:0000:0000:0001, true",
        "::1, ::0.0.0.1, true",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:0.7.0.8, true",
        "1:2:3:4:5:6:7:0, 1:2:3:4:5:6:7::, true",
        "1:2:3:4:5:6:7:8, 1:2:3:4::5:6:7:8, false",
        "127.0.0.1, +127.0.0.1, false",
        "127.0.0.1, १२७.०.०.१, false",
        "AZ.az.09, az.AZ.09, true",
        "MÜNCHEN.example, xn--mnchen-3ya.example, false",
    })
    void comparesTheOneForm(String certificateName, String host, boolean match) {
        assertThat(HostName.matches(certificateName, host)).isEqualTo(match);
    }

    @Test
    void hasOneHashCodeForOneAddress() {
        assertThat(HostName.ofHost("::1")).hasSameHashCodeAs(HostName.ofHost("::0.0.0.1"));
        assertThat(HostName.ofHost("::1")).doesNotHaveSameHashCodeAs(HostName.ofHost("::2"));
    }

    @Test
    void foldsCaseAlikeInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        try {
            assertThat(HostName.matches("I.TITLE.example", "i.title.EXAMPLE")).isTrue();
            assertThat(HostName.mayIssue("TITLE.example", "i.title.example")).isTrue();
            assertThat(HostName.matches("ı.example", "i.example")).isFalse();
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.-4",
                "1.2.3.",
                "1.2.3.04",
                "0x1.2.3.4",
                "1.2.3.4 ",
                "localhost",
                ":",
                "1:2:3:4:5:6:7",
                "::g",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3",
                "1.2.3.4::",
                "::1/128"
            })
    void isNoAddress(String text) {
        assertThat(IpLiteral.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 00000000",
        "255.255.255.255, ffffffff",
        "::, 00000000000000000000000000000000",
        "2001:DB8::a:1, 20010db80000000000000000000a0001",
        "::1.2.3.4, 00000000000000000000000001020304",
        "1::ffff:1.2.3.4, 00010000000000000000ffff01020304", // not mapped, for the first group
        "64:ff9b::1.2.3.4, 0064ff9b000000000000000001020304"
    })
    void isAnAddress(String text, String bytes) {
        assertThat(IpLiteral.parse(text))
                .hasValueSatisfying(
                        address -> assertThat(HexFormat.of().formatHex(address)).isEqualTo(bytes));
    }
}
