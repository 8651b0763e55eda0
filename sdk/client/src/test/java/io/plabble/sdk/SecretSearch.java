package io.plabble.sdk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds secrets in what others may see, whole or in part, in every form in which they might be written by accident. */
final class SecretSearch {
    /** A multiple of three, so that Base64 of the whole begins alike. */
    private static final int TELLING_BYTES = 12;

    private final Map<String, String> namesByForm = new ConcurrentHashMap<>();

    /** From now on looks for this secret, too. */
    void add(String name, byte[] secret) {
        byte[] start = Arrays.copyOf(secret, TELLING_BYTES);
        List<String> forms = List.of(
                HexFormat.of().formatHex(start),
                HexFormat.ofDelimiter(":").formatHex(start),
                Base64.getEncoder().encodeToString(start),
                Base64.getUrlEncoder().encodeToString(start),
                new String(start, StandardCharsets.ISO_8859_1),
                new String(start, StandardCharsets.UTF_8),
                list(IntStream.range(0, TELLING_BYTES).map(i -> start[i])),
                list(IntStream.range(0, TELLING_BYTES).map(i -> start[i] & 0xff)));
        forms.forEach(form -> namesByForm.put(form.toLowerCase(Locale.ROOT), name));
    }

    /** The names of the secrets that the text holds. */
    List<String> findIn(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> found = new ArrayList<>();
        namesByForm.forEach((form, name) -> {
            if (lower.contains(form)) {
                found.add(name);
            }
        });
        return found;
    }

    private static String list(IntStream numbers) {
        return numbers.mapToObj(String::valueOf).collect(Collectors.joining(", "));
    }
}
