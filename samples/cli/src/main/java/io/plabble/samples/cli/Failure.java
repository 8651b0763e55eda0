package io.plabble.samples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleServerException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import reactor.core.Exceptions;

/**
 * Why a command has failed.
 *
 * @param reason one of the stable names of §11, or {@code internal-error}
 * @param code of an ERROR (§9)
 * @param details what else a script may want to know
 */
record Failure(String reason, Optional<Integer> code, String message, Map<String, String> details) {
    static Failure of(Throwable thrown) {
        Throwable e = Exceptions.unwrap(thrown);
        if (e instanceof FailedException failed) {
            return failed.failure();
        }
        if (e instanceof PlabbleException plabble) {
            Optional<Integer> code =
                    e instanceof PlabbleServerException server ? Optional.of(server.code()) : Optional.empty();
            return new Failure(plabble.reason().code(), code, plabble.getMessage(), Map.of());
        }
        return new Failure("internal-error", Optional.empty(), Text.printable(e.toString()), Map.of());
    }

    Failure because(String more, Map<String, String> moreDetails) {
        return new Failure(reason, code, message + "; " + more, moreDetails);
    }

    void describe(ObjectNode object) {
        object.put("reason", reason);
        code.ifPresent(number -> object.put("code", number));
        object.put("message", message);
        new TreeMap<>(details).forEach(object::put);
    }
}
