package io.plabble.samples.webflux.plabble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.validation.Validation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

class PlabblePropertiesTest {
    private static final String KEY = "0123456789abcdef".repeat(4);

    @Test
    void nothingNeedsToBeSet() {
        PlabbleProperties properties = bind(Map.of());

        assertThat(properties.host()).isNull();
        assertThat(properties.port()).isEqualTo(4242);
        assertThat(properties.trustStore()).isEmpty();
        assertThat(properties.probe()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aHostNeedsSomebodyToTrust() {
        assertThat(bind(Map.of("host", "node.example", "trust", "roots.pem")).trustStore())
                .isPresent();
        assertThat(bind(Map.of("host", "node.example", "pin", KEY)).pin()).isEqualTo(KEY);
        refused(Map.of("host", "node.example"), "say whom to trust");
    }

    @ParameterizedTest
    @CsvSource({"trust,roots.pem", "tls,true", "server-name,node.example"})
    void aForgottenHostDoesNotStartAServerOfOurOwn(String name, String value) {
        refused(Map.of(name, value), "without plabble.host");
    }

    @ParameterizedTest
    @CsvSource({
        "port,0,must be",
        "port,65536,must be",
        "host,' ',is empty",
        "host,node example,has blanks",
        "pin,abc,64 hexadecimal digits",
        "tls-bundle,plabble,without plabble.tls",
        "server-name,' ',is empty"
    })
    void whatCannotBeRightIsRefused(String name, String value, String message) {
        Map<String, String> all = new HashMap<>(Map.of("host", "node.example", "trust", "roots.pem"));
        all.put(name, value);

        refused(all, message);
    }

    @Test
    void intermediatesNeedRoots() {
        refused(Map.of("host", "node.example", "pin", KEY, "intermediates", "issuers.pem"), "without plabble.trust");
    }

    private static void refused(Map<String, String> values, String message) {
        assertThatThrownBy(() -> bind(values))
                .rootCause()
                .isInstanceOfSatisfying(
                        BindValidationException.class,
                        e -> assertThat(e.getValidationErrors().getAllErrors().toString())
                                .contains(message));
    }

    private static PlabbleProperties bind(Map<String, String> values) {
        Map<String, String> all = new HashMap<>();
        values.forEach((name, value) -> all.put("plabble." + name, value));
        try (var validators = Validation.buildDefaultValidatorFactory()) {
            return new Binder(new MapConfigurationPropertySource(all))
                    .bindOrCreate(
                            "plabble",
                            Bindable.of(PlabbleProperties.class),
                            new ValidationBindHandler(new SpringValidatorAdapter(validators.getValidator())));
        }
    }
}
