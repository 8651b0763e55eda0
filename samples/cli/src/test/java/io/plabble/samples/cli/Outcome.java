package io.plabble.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** What a run of the command has left behind. */
record Outcome(int status, String out, String err) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** It went well, and said nothing besides its result. */
    Outcome done() {
        assertThat(this).isEqualTo(new Outcome(0, out, ""));
        return this;
    }

    /** It has failed for this reason, in one line. */
    Outcome failed(String reason) {
        assertThat(status).as("%s", this).isEqualTo(1);
        assertThat(out).isEmpty();
        assertThat(err).startsWith("plabble: " + reason + ": ").hasLineCount(1);
        return this;
    }

    /** It was used wrongly, and says how and where to look. */
    Outcome misused(String message) {
        assertThat(status).as("%s", this).isEqualTo(2);
        assertThat(out).isEmpty();
        assertThat(err)
                .startsWith("plabble: ")
                .contains(message)
                .containsPattern("(?m)^Try 'plabble.* --help'\\.$")
                .hasLineCount(2);
        return this;
    }

    /** Every line of standard output as an object. */
    List<JsonNode> json() {
        return out.lines().map(Outcome::parse).toList();
    }

    JsonNode onlyJson() {
        assertThat(json()).as("%s", this).hasSize(1);
        return json().get(0);
    }

    static JsonNode parse(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }
}
