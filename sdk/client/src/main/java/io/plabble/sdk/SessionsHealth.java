package io.plabble.sdk;

/**
 * {@link PlabbleSessions} at a glance.
 *
 * @param remainingRequests as {@link PlabbleSession#remainingRequests()}; 0 without a session
 * @param waiting how many wait for a session
 * @param failedAttempts how many connects have failed since there was a new session
 * @param renewals how many sessions have been replaced because their counters ran out
 * @param losses how many sessions have ended otherwise
 * @param repeats how many requests have been repeated
 * @param gaps how many gaps have been bridged for those who follow
 */
public record SessionsHealth(
        SessionsState state,
        int remainingRequests,
        int waiting,
        long failedAttempts,
        long renewals,
        long losses,
        long repeats,
        long gaps) {
    /** Whether there is a session. */
    public boolean isUp() {
        return state.isUp();
    }
}
