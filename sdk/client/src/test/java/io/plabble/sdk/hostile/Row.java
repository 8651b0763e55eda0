package io.plabble.sdk.hostile;

import io.plabble.sdk.Addresses;
import io.plabble.sdk.PlabbleClient;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A line of the table: what a server does, and exactly what becomes of the connect.
 *
 * @param sent what the server sends; each is a connect of its own
 * @param then what it does next
 * @param isAsked whether it awaits the request before it does anything
 * @param client whom the client trusts, and what else is particular about it
 * @param addresses what a name look-up tells the client
 * @param pace how much time passes before each piece of the answer
 */
public record Row(
        String name,
        List<Wire> sent,
        Then then,
        boolean isAsked,
        UnaryOperator<PlabbleClient> client,
        Addresses addresses,
        Duration pace,
        Set<Segmentation> segmentations,
        Outcome outcome) {
    private static final Addresses SERVERS = new Addresses("127.0.0.1");

    /** What a server does after its answer; each waits for the client's end of the connection, if there is one left. */
    public enum Then {
        STAYS,
        /** Sends FIN. */
        CLOSES,
        /** Sends RST. */
        RESETS
    }

    /** Asks for a chain, and trusts the root. */
    static final UnaryOperator<PlabbleClient> TRUSTING = client -> client.trust(Parties.trust());

    /** Asks for no chain, and knows the server's key. */
    static final UnaryOperator<PlabbleClient> PINNING = client -> client.pin(Parties.SERVER.publicKey());

    /** Accepts anybody. */
    static final UnaryOperator<PlabbleClient> INSECURE = PlabbleClient::insecureUnauthenticated;

    /** One answer, in every segmentation in which the outcome must be the same. */
    static Row of(String name, Wire answer, Outcome outcome) {
        return each(name, List.of(answer), outcome);
    }

    static Row of(String name, ForgedAnswer answer, Outcome outcome) {
        return of(name, answer.wire(), outcome);
    }

    /** Several answers, with the same outcome. */
    static Row each(String name, List<Wire> answers, Outcome outcome) {
        Set<Segmentation> all = EnumSet.allOf(Segmentation.class);
        if (!outcome.isOfAWholeAnswer()) {
            all.remove(Segmentation.COALESCED);
        }
        if (answers.stream().allMatch(answer -> answer.boundaries().isEmpty())) {
            all.remove(Segmentation.AT_BOUNDARIES);
        }
        return new Row(name, answers, Then.STAYS, true, TRUSTING, SERVERS, Duration.ZERO, all, outcome);
    }

    Row then(Then next) {
        return new Row(name, sent, next, isAsked, client, addresses, pace, segmentations, outcome);
    }

    Row by(UnaryOperator<PlabbleClient> other) {
        return new Row(name, sent, then, isAsked, other, addresses, pace, segmentations, outcome);
    }

    /** As before, and changed like this. */
    Row with(UnaryOperator<PlabbleClient> change) {
        return by(made -> change.apply(client.apply(made)));
    }

    Row pace(Duration time) {
        return new Row(name, sent, then, isAsked, client, addresses, time, segmentations, outcome);
    }

    /** Before it has read the request. */
    Row unasked() {
        return new Row(name, sent, then, false, client, addresses, pace, segmentations, outcome);
    }

    Row at(String... literals) {
        return new Row(name, sent, then, isAsked, client, new Addresses(literals), pace, segmentations, outcome);
    }

    /** Only like this: about something else than bytes, or about just these. */
    Row only(Segmentation one) {
        return new Row(name, sent, then, isAsked, client, addresses, pace, Set.of(one), outcome);
    }

    @Override
    public String toString() {
        return name;
    }
}
