package io.plabble.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.awaitility.core.ThrowingRunnable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;

/** A browser with the board in it: what somebody sees and does there. */
final class BoardPage implements AutoCloseable {
    private final ChromeDriver driver = Chromium.start();

    /** Loads the page, and waits until it is live. */
    void load(String address) {
        open(address);
        eventually(() -> assertThat(status()).startsWith("Live"));
    }

    void open(String address) {
        driver.get(address);
    }

    void resize(int width, int height, boolean phone) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
    }

    void scheme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void write(String author, String text) {
        fill("author", author);
        fill("text", text);
    }

    private void fill(String field, String words) {
        find(field).clear();
        find(field).sendKeys(words);
    }

    /** Clicks the form's button, which is said to have this on it. */
    void click(String label) {
        eventually(() -> assertThat(button().getText()).isEqualTo(label));
        button().click();
    }

    private WebElement button() {
        return driver.findElement(By.cssSelector("#write button"));
    }

    /** Presses keys, or types, wherever the focus is. */
    void type(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** The id of the element that has the focus. */
    String focus() {
        return (String) run("return document.activeElement.id");
    }

    WebElement find(String id) {
        return driver.findElement(By.id(id));
    }

    String text(String id) {
        return (String) run("return document.getElementById(arguments[0]).innerText", id);
    }

    boolean isShown(String id) {
        return find(id).isDisplayed();
    }

    String status() {
        return text("status");
    }

    /** The notes' texts, the newest first. */
    @SuppressWarnings("unchecked")
    List<String> notes() {
        return (List<String>) run("return [...document.querySelectorAll('#notes .text')].map(text => text.innerText)");
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** What the console has complained of since it was last asked. */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Into {@code target/screenshots}. */
    void screenshot(String name) {
        try {
            Path directory = Files.createDirectories(Path.of("target", "screenshots"));
            Files.write(directory.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void eventually(ThrowingRunnable holds) {
        await().atMost(RunningService.BOUND).pollInSameThread().untilAsserted(holds);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
