package io.plabble.samples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plabble.protocol.Slot;

/** A slot as it is shown: {@code index<TAB>content}, or {@code "index"}, {@code "size"} and {@code "text"} or {@code "base64"}. */
final class SlotOutput {
    private SlotOutput() {}

    static String text(Slot slot) {
        return slot.index() + "\t" + Text.content(slot.content());
    }

    static void describe(Slot slot, ObjectNode object) {
        object.put("index", slot.index()).put("size", slot.length());
        Text.utf8(slot.content())
                .ifPresentOrElse(text -> object.put("text", text), () -> object.put("base64", slot.bytes()));
    }
}
