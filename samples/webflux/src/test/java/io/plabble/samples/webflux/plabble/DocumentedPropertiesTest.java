package io.plabble.samples.webflux.plabble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;

class DocumentedPropertiesTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(plabble\\.[a-z-]+)` \\| `?([^|`]+)`? \\|");

    @Test
    void theReadmeHasEveryPropertyWithItsDefault() throws IOException {
        List<String> documented = ROW.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(row -> row.group(1) + " = " + row.group(2).strip())
                .toList();
        List<String> names = documented.stream().map(row -> row.split(" = ")[0]).toList();

        assertThat(names)
                .isEqualTo(Arrays.stream(PlabbleProperties.class.getRecordComponents())
                        .map(component -> "plabble." + dashed(component.getName()))
                        .toList());
        assertThat(documented).containsAll(defaults());
    }

    private static List<String> defaults() {
        return Arrays.stream(PlabbleProperties.class.getDeclaredConstructors()[0].getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(DefaultValue.class))
                .map(parameter -> "plabble." + dashed(parameter.getName()) + " = "
                        + parameter.getAnnotation(DefaultValue.class).value()[0])
                .toList();
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
