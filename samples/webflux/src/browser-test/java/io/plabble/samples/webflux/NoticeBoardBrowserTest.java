package io.plabble.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.plabble.protocol.PacketType;
import io.plabble.sdk.test.Fault;
import io.plabble.sdk.test.FaultPoint;
import io.plabble.sdk.test.PlabbleTestServer;
import io.plabble.sdk.test.TestCertificates;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in two real browsers. The tests share one board, and each tells its notes by their texts. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NoticeBoardBrowserTest {
    @TempDir
    private static Path directory;

    private static PlabbleTestServer server;
    private static RunningService service;
    private static BoardPage here;
    private static BoardPage there;
    private static Cable cable; // from there to the service

    @BeforeAll
    static void start() {
        server = PlabbleTestServer.builder()
                .certificates(TestCertificates.builder("node.example")
                        .intermediates("authority.example")
                        .root("root.example")
                        .build())
                .start();
        service = service(directory);
        cable = new Cable();
        cable.leadTo(service.port());
        here = new BoardPage();
        there = new BoardPage();
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable opened : Arrays.asList(there, here, cable, service, server)) {
            if (opened != null) { // since what comes before it may have failed
                opened.close();
            }
        }
    }

    @BeforeEach
    void load() {
        server.clearFaults();
        cable.mend();
        for (BoardPage page : List.of(here, there)) {
            page.resize(1200, 800, false);
            page.scheme("light");
            page.load(address(page == there ? cable.port() : service.port()));
            page.complaints(); // of the test before
        }
    }

    @Test
    @Order(1) // while the board is empty, for the sake of the pictures
    void thePageFitsAPhoneAndFollowsTheColourScheme() {
        String[][] notes = {
            {"Linus", "Does anybody have a spare adapter for the projector?"},
            {"Ada", "Yes, in the drawer beneath it."},
            {"Linus", "Found it, thank you!"},
            {"Grace", "Choir practice moves to Thursday, 18:30, room 2.04.\nPlease bring the Fauré."},
            {"Edsger", "The lift stands still on Monday morning. The shortest path is the stairs by the library."},
            {"Barbara", "There is cake in the kitchen, while it lasts."},
        };
        for (String[] note : notes) {
            service.post(note[0], note[1]).expectStatus().isCreated();
        }
        here.resize(1200, 1140, false);
        here.load(address(service.port()));
        here.eventually(() -> assertThat(here.text("announcement")).endsWith(" notes"));
        String last = "Found near the bicycle stand: a grey scarf. It is at the front desk.";
        there.write("Radia", last);
        there.click("Post");
        here.eventually(() -> assertThat(here.notes()).startsWith(last));
        here.screenshot("light");
        Object light = background();

        here.scheme("dark");
        assertThat(background()).isNotEqualTo(light);
        here.screenshot("dark");

        here.resize(360, 740, true);
        here.load(address(service.port()));
        here.eventually(() -> assertThat(here.notes()).startsWith(last));
        assertThat(here.run("return document.documentElement.scrollWidth")).isEqualTo(360L);
        here.screenshot("phone");
    }

    @Test
    void aNotePostedInOneBrowserAppearsInTheOtherWithoutAReload() {
        there.run("window.marker = 'as it was loaded'");

        here.write("Ada", "clicked");
        here.click("Post");

        there.eventually(() -> assertThat(there.notes()).startsWith("clicked"));
        here.eventually(() -> assertThat(here.notes()).startsWith("clicked"));
        here.eventually(() -> assertThat(here.text("outcome")).isEqualTo("Posted."));
        assertThat(here.find("text").getDomProperty("value")).isEmpty();
        assertThat(there.run("return window.marker")).isEqualTo("as it was loaded");
        assertThat(here.complaints()).isEmpty();
        assertThat(there.complaints()).isEmpty();
    }

    @Test
    void theKeyboardAloneIsEnough() {
        here.run("localStorage.clear()");
        here.load(address(service.port()));

        here.type(Keys.TAB, Keys.TAB); // past the link to the notes
        assertThat(here.focus()).isEqualTo("author");
        here.type("Grace", Keys.TAB, "typed", Keys.TAB, Keys.ENTER);

        there.eventually(() -> assertThat(there.notes()).startsWith("typed"));
        here.eventually(() -> assertThat(here.text("outcome")).isEqualTo("Posted."));
        here.load(address(service.port()));
        assertThat(here.find("author").getDomProperty("value"))
                .as("is remembered")
                .isEqualTo("Grace");
    }

    @Test
    void whoWasVerifiedIsShown() throws Exception {
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(server.identityKey().bytes());

        here.eventually(
                () -> assertThat(here.status()).endsWith("Kept by node.example, verified by certificate chain."));
        assertThat(here.text("server-name")).isEqualTo("node.example");
        assertThat(here.text("server-verified"))
                .isEqualTo("certificate chain, issued by authority.example, root.example");
        assertThat(here.text("server-address")).isEqualTo(server.host() + ":" + server.port());
        assertThat(here.text("server-fingerprint").replaceAll("\\s", ""))
                .isEqualTo(HexFormat.of().formatHex(digest));
        assertThat(here.text("server-encrypted")).isEqualTo("on");
    }

    @Test
    void aNoteIsKeptWhileTheServiceHasLostItsServerAndIsThenPostedOnce() {
        server.fault(FaultPoint.ACCEPTED, Fault.close());
        server.closeConnections();
        here.eventually(() -> assertThat(here.status()).startsWith("The service lost Plabble at "));
        there.eventually(() -> assertThat(there.status()).startsWith("The service lost Plabble at "));
        here.screenshot("lost");

        here.write("Ada", "during the outage");
        here.click("Post");
        here.eventually(
                () -> assertThat(here.text("outcome")).isEqualTo("There is no connection to the Plabble server."));
        here.screenshot("refused");

        server.clearFaults();
        there.eventually(() -> assertThat(there.status()).startsWith("Live again since "));
        assertThat(there.text("events")).contains("The service found Plabble again");
        here.click("Try again");

        there.eventually(() -> assertThat(there.notes()).startsWith("during the outage"));
        here.eventually(() -> assertThat(here.text("outcome")).isEqualTo("Posted."));
        here.eventually(() -> assertThat(Collections.frequency(here.notes(), "during the outage"))
                .isOne());
        assertThat(here.complaints()).allMatch(complaint -> complaint.contains("503"));
    }

    @Test
    void aPageThatWasCutOffIsToldWhatItMissedOnce() {
        cable.cut();
        there.eventually(() -> assertThat(there.status()).startsWith("This page lost the service at "));

        here.write("Ada", "one that is missed");
        here.click("Post");
        here.eventually(() -> assertThat(here.notes()).startsWith("one that is missed"));
        assertThat(there.notes()).doesNotContain("one that is missed");

        cable.mend();
        there.eventually(() -> assertThat(there.notes()).startsWith("one that is missed"));
        there.eventually(() -> assertThat(there.status()).startsWith("Live again since "));
        assertThat(there.notes()).doesNotHaveDuplicates();
        assertThat(there.complaints()).allMatch(complaint -> complaint.contains("net::ERR_"));
    }

    @Test
    void aPageThatHearsNothingAnyMoreFindsOutByItself() {
        service.post("Ada", "before the silence").expectStatus().isCreated();
        there.eventually(() -> assertThat(there.notes()).startsWith("before the silence"));
        cable.stall();
        there.run("const now = Date.now; window.slept = 0; Date.now = () => now() + slept");
        there.eventually(() -> {
            there.run("slept += 60_000"); // each time, since a last event may have been on its way
            assertThat(there.status()).startsWith("This page lost the service at ");
        });

        service.post("Ada", "in the silence").expectStatus().isCreated();
        here.eventually(() -> assertThat(here.notes()).startsWith("in the silence"));
        assertThat(there.notes()).doesNotContain("in the silence");

        cable.mend();
        there.eventually(() -> assertThat(there.notes()).startsWith("in the silence", "before the silence"));
        there.eventually(() -> assertThat(there.status()).startsWith("Live again since "));
        assertThat(there.notes()).doesNotHaveDuplicates();
        assertThat(there.complaints()).isEmpty();
    }

    @Test
    void aNoteWhoseAnswerIsLostIsPostedOnce() {
        long before = server.received(PacketType.PUT);
        server.fault(FaultPoint.REQUEST_RECEIVED, Fault.hold());
        there.write("Ada", "perhaps");
        there.click("Post");
        there.eventually(() -> assertThat(server.received(PacketType.PUT)).isGreaterThan(before));
        cable.cut();
        there.eventually(() -> assertThat(there.text("outcome")).startsWith("The service did not answer"));
        assertThat(there.find("text").getDomProperty("value")).isEqualTo("perhaps");

        server.clearFaults();
        cable.mend();
        there.eventually(() -> assertThat(there.text("outcome")).isEqualTo("Posted."));
        assertThat(there.find("text").getDomProperty("value")).isEmpty();
        there.eventually(() ->
                assertThat(Collections.frequency(there.notes(), "perhaps")).isOne());
    }

    @Test
    void markupIsTextToThePage() {
        String markup =
                "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\"><b>bold</b>";
        here.write("<i>Eve</i>", markup);
        here.click("Post");

        there.eventually(() -> assertThat(there.notes()).startsWith(markup));
        assertThat(there.run("return document.querySelectorAll('#notes :is(script, img, i, .text *)').length"))
                .isEqualTo(0L);
        assertThat(there.run("return document.title")).isEqualTo("Notice board");
        assertThat(there.complaints()).isEmpty();
    }

    @Test
    void whatIsMissingIsSaidAtItsField() {
        here.write("Ada", " ");
        here.click("Post");

        assertThat(here.text("text-error")).isEqualTo("Please write something.");
        assertThat(here.focus()).isEqualTo("text");
        assertThat(here.find("text").getAccessibleName()).isEqualTo("Note");
        assertThat(here.find("text").getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(here.find("text").getDomAttribute("aria-describedby")).startsWith("text-error");
        assertThat(here.find("author").getDomAttribute("aria-invalid")).isNull();
    }

    @Test
    @Order(Integer.MAX_VALUE) // since it ends the board of the others
    void aServiceThatBeginsAnewIsBelievedOnceItHasReadItsBoard(@TempDir Path another) {
        service.post("Ada", "long\n".repeat(99)).expectStatus().isCreated();
        there.eventually(() -> assertThat(there.notes()).first().asString().startsWith("long"));
        there.run("scrollTo(0, document.documentElement.scrollHeight)");
        service.post("Ada", "above").expectStatus().isCreated();
        there.eventually(() -> assertThat(there.text("fresh")).isEqualTo("1 new note above"));
        there.run("window.told = []; const fresh = document.getElementById('fresh');"
                + "new MutationObserver(() => told.push(fresh.textContent)).observe(fresh, {childList: true})");

        server.fault(FaultPoint.ACCEPTED, Fault.close());
        service.close();
        service = service(another);
        cable.leadTo(service.port());
        here.open(address(service.port()));
        here.eventually(() -> assertThat(here.status()).startsWith("The service did not reach Plabble at "));
        there.eventually(() -> assertThat(there.status()).startsWith("The service lost Plabble at "));
        assertThat(here.isShown("looking")).isTrue();
        assertThat(here.isShown("empty")).isFalse();
        assertThat(there.notes()).startsWith("above");

        server.clearFaults();
        for (BoardPage page : List.of(here, there)) {
            page.eventually(() -> assertThat(page.isShown("empty")).isTrue());
            assertThat(page.isShown("looking")).isFalse();
            assertThat(page.isShown("fresh")).isFalse();
        }
        service.post("Ada", "of the new board").expectStatus().isCreated();
        there.eventually(() -> assertThat(there.notes()).containsExactly("of the new board"));
        assertThat(there.run("return told.find(words => words.startsWith('-'))"))
                .isNull();
        assertThat(there.complaints()).allMatch(complaint -> complaint.contains("net::ERR_"));
    }

    private static RunningService service(Path files) {
        return RunningService.of(server, files, "--plabble.server-name=node.example", "--plabble.wait-timeout=2s");
    }

    private static Object background() {
        return here.run("return getComputedStyle(document.body).backgroundColor");
    }

    private static String address(int port) {
        return "http://127.0.0.1:" + port + "/";
    }
}
