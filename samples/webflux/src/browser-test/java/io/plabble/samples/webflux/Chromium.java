package io.plabble.samples.webflux;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Starts the Chromium that is installed. Both paths are given to Selenium, which would download what it does not find. */
final class Chromium {
    private static final Duration BOUND = Duration.ofSeconds(20);

    private Chromium() {}

    static ChromeDriver start() {
        Path browser = find("browser.binary", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
        Path driver = find("browser.driver", "chromedriver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.toFile());
        options.addArguments("--headless=new", "--hide-scrollbars");
        options.addArguments("--disable-dev-shm-usage"); // containers have little shared memory
        if (System.getProperty("user.name").equals("root")) {
            options.addArguments("--no-sandbox"); // which root cannot have
        }
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
        options.setPageLoadTimeout(BOUND);
        options.setScriptTimeout(BOUND);
        return new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver.toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    private static Path find(String property, String... names) {
        String given = System.getProperty(property);
        Stream<Path> candidates =
                given == null ? Arrays.stream(names).flatMap(Chromium::onPath) : Stream.of(Path.of(given));
        return candidates
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("There is no " + (given == null ? String.join(" or ", names) : given)
                                + ". The profile \"browser\" needs Chromium and its driver: apt-get install chromium chromium-driver,"
                                + " or say where they are by -Dbrowser.binary=… and -Dbrowser.driver=…"));
    }

    private static Stream<Path> onPath(String name) {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getenv("PATH"))
                .map(directory -> Path.of(directory, name));
    }
}
