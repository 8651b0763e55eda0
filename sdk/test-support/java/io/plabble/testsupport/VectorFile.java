package io.plabble.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A file of golden vectors: from the directory that the system property {@code plabble.vectors.dir} names, else from
 * {@code /vectors} on the classpath.
 */
public final class VectorFile {
    private static final String DIRECTORY = System.getProperty("plabble.vectors.dir", "");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String name;
    private final JsonNode root;

    private VectorFile(String name, JsonNode root) {
        this.name = name;
        this.root = root;
    }

    public static VectorFile named(String name) {
        try (InputStream source = open(name)) {
            return new VectorFile(name, MAPPER.readTree(source));
        } catch (IOException e) {
            throw new UncheckedIOException("vectors: " + name, e);
        }
    }

    /** A file from anywhere, of the same form: lists of cases, and fields beside them. */
    public static VectorFile at(Path path) {
        try {
            return new VectorFile(path.toString(), MAPPER.readTree(path.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException("vectors: " + path, e);
        }
    }

    /** A file whose content is given, for tests of this class. */
    static VectorFile of(String name, Object content) {
        return new VectorFile(name, MAPPER.valueToTree(content));
    }

    private static InputStream open(String name) throws IOException {
        if (!DIRECTORY.isEmpty()) {
            return Files.newInputStream(Path.of(DIRECTORY, name));
        }
        InputStream resource = VectorFile.class.getResourceAsStream("/vectors/" + name);
        if (resource == null) {
            throw new FileNotFoundException("/vectors/" + name + " on the classpath");
        }
        return resource;
    }

    /** The cases of a list; a list that is missing or empty is an error, lest a test passes without having tested. */
    public Stream<VectorCase> cases(String list) {
        JsonNode cases = root.path(list);
        if (!cases.isArray() || cases.isEmpty()) {
            throw new AssertionError(name + ": the list \"" + list + "\" is missing or empty");
        }
        return IntStream.range(0, cases.size()).mapToObj(i -> new VectorCase(list + "[" + i + "]", cases.get(i)));
    }

    /** The instant at which everything in the file is verified. */
    public Instant time() {
        return Instant.parse(required("time").textValue());
    }

    public int maxCertificates() {
        return integer("maxCertificates");
    }

    public int integer(String field) {
        return required(field).intValue();
    }

    /** The nonce of every message. */
    public byte[] nonce() {
        return HexFormat.of().parseHex(required("nonce").textValue());
    }

    private JsonNode required(String field) {
        if (!root.hasNonNull(field)) {
            throw new AssertionError(name + ": \"" + field + "\" is missing");
        }
        return root.get(field);
    }
}
