package io.plabble.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import java.util.List;
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

    /** A list of byte strings. */
    public List<byte[]> byteStrings(String field) {
        return StreamSupport.stream(required(field).spliterator(), false)
                .map(item -> HexFormat.of().parseHex(item.textValue()))
                .toList();
    }

    /** A list of cases within this one; empty ones are an error, as in {@link VectorFile#cases}. */
    public List<VectorCase> cases(String field) {
        JsonNode cases = required(field);
        if (!cases.isArray() || cases.isEmpty()) {
            throw new AssertionError(this + ": the list \"" + field + "\" is missing or empty");
        }
        return IntStream.range(0, cases.size())
                .mapToObj(i -> new VectorCase(position + "." + field + "[" + i + "]", cases.get(i)))
                .toList();
    }

    public String text(String field) {
        return typed(field, required(field).isTextual()).textValue();
    }

    public long number(String field) {
        return typed(field, required(field).isIntegralNumber()).longValue();
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
