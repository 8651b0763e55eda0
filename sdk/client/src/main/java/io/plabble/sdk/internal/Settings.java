package io.plabble.sdk.internal;

import io.plabble.sdk.Encryption;
import java.util.function.UnaryOperator;

/**
 * Everything that a client is set to; immutable.
 *
 * @param endpoint where to, and by which transport
 * @param verification whom to accept there
 * @param encryption whether flag #6 is set
 * @param network how the connection is made and kept
 * @param limits what a session may use
 * @param hooks who hears of what happens
 * @param origins where what is new in a session comes from
 */
public record Settings(
        Endpoint endpoint,
        Verification verification,
        Encryption encryption,
        Network network,
        Limits limits,
        Hooks hooks,
        Origins origins) {

    public static Settings of(Endpoint endpoint) {
        return new Settings(
                endpoint,
                Verification.DEFAULT,
                Encryption.AUTO,
                Network.DEFAULT,
                Limits.DEFAULT,
                Hooks.NONE,
                Origins.DEFAULT);
    }

    public Settings withEndpoint(UnaryOperator<Endpoint> change) {
        return new Settings(change.apply(endpoint), verification, encryption, network, limits, hooks, origins);
    }

    public Settings withVerification(UnaryOperator<Verification> change) {
        return new Settings(endpoint, change.apply(verification), encryption, network, limits, hooks, origins);
    }

    public Settings withEncryption(Encryption chosen) {
        return new Settings(endpoint, verification, chosen, network, limits, hooks, origins);
    }

    public Settings withNetwork(UnaryOperator<Network> change) {
        return new Settings(endpoint, verification, encryption, change.apply(network), limits, hooks, origins);
    }

    public Settings withLimits(UnaryOperator<Limits> change) {
        return new Settings(endpoint, verification, encryption, network, change.apply(limits), hooks, origins);
    }

    public Settings withHooks(UnaryOperator<Hooks> change) {
        return new Settings(endpoint, verification, encryption, network, limits, change.apply(hooks), origins);
    }

    public Settings withOrigins(UnaryOperator<Origins> change) {
        return new Settings(endpoint, verification, encryption, network, limits, hooks, change.apply(origins));
    }

    /** Whether flag #6 is set: TLS makes Plabble's own encryption superfluous, unless it is asked for. */
    public boolean encrypted() {
        return switch (encryption) {
            case AUTO -> endpoint.tls().isEmpty();
            case ON -> true;
            case OFF -> false;
        };
    }

    /** What a message of a session speaks of. */
    String session() {
        return "session with " + endpoint.peer();
    }
}
