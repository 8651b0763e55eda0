package io.plabble.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** One case of a {@link VectorFile}. Every getter fails on a field that is absent or of another type. */
public final class VectorCase {
    private final String position;
    private final JsonNode node;

    VectorCase(String position, JsonNode node) {
        this.position = position;
        this.node = node;
    }

    /** Whether the field is there and not null. */
    public boolean has(String field) {
        return node.hasNonNull(field);
    }

    /** Whether the field is there, but null: "absent" in the words of the vectors. */
    public boolean isNull(String field) {
        return node.has(field) && node.get(field).isNull();
    }

    /** A byte string. */
    public byte[] bytes(String field) {
        return HexFormat.of().parseHex(text(field));
    }

    /** A byte string that may be "absent", which is null. */
    public Optional<byte[]> optionalBytes(String field) {
        return isNull(field) ? Optional.empty() : Optional.of(bytes(field));
    }

    /** A list of byte strings. */
    public List<byte[]> byteStrings(String field) {
        return texts(field).stream().map(HexFormat.of()::parseHex).toList();
    }

    /** An object whose names and values are both byte strings, the names as they are written. */
    public Map<String, byte[]> byteStringsByName(String field) {
        return typed(field, required(field).isObject()).properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> HexFormat.of().parseHex(entry.getValue().textValue())));
    }

    /** A list of texts; may be empty. */
    public List<String> texts(String field) {
        return StreamSupport.stream(typed(field, required(field).isArray()).spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    /** A list of objects; may be empty. */
    public List<VectorCase> cases(String field) {
        JsonNode items = typed(field, required(field).isArray());
        return IntStream.range(0, items.size())
                .mapToObj(i -> new VectorCase(position + "." + field + "[" + i + "]", items.get(i)))
                .toList();
    }

    public String text(String field) {
        return typed(field, required(field).isTextual()).textValue();
    }

    public long number(String field) {
        return typed(field, required(field).isIntegralNumber()).longValue();
    }

    /** A number that may be "absent", which is null. */
    public OptionalInt optionalInteger(String field) {
        return isNull(field) ? OptionalInt.empty() : OptionalInt.of(integer(field));
    }

    public int integer(String field) {
        return Math.toIntExact(number(field));
    }

    public boolean isTrue(String field) {
        return typed(field, required(field).isBoolean()).booleanValue();
    }

    /** Whether the case's {@code flags} hold this bit. */
    public boolean hasFlag(int bit) {
        return (HexFormat.fromHexDigits(text("flags")) & bit) != 0;
    }

    /** The case itself, where the list is one of plain strings. */
    public String asText() {
        return node.textValue();
    }

    /** The case itself, where the list is one of plain numbers. */
    public long asNumber() {
        return node.longValue();
    }

    private JsonNode required(String field) {
        return typed(field, has(field));
    }

    private JsonNode typed(String field, boolean asExpected) {
        if (!asExpected) {
            throw new AssertionError(this + ": \"" + field + "\" is absent or of another type");
        }
        return node.get(field);
    }

    @Override
    public String toString() {
        String label = has("name")
                ? node.get("name").asText()
                : has("note") ? node.get("note").asText() : "";
        return label.isEmpty() ? position : position + " " + label;
    }
}
