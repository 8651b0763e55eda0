package io.plabble.samples.webflux.plabble;

import io.plabble.protocol.ErrorCode;
import io.plabble.protocol.PlabbleConfigurationException;
import io.plabble.protocol.PlabbleException;
import io.plabble.protocol.PlabbleServerException;
import io.plabble.protocol.Reason;
import io.plabble.sdk.PlabbleConnectException;
import io.plabble.sdk.PlabbleLimitException;
import io.plabble.sdk.PlabbleSessionClosedException;
import io.plabble.sdk.PlabbleTimeoutException;
import org.springframework.http.HttpStatus;

/**
 * What a failure of the SDK means to who uses this service. Its own message names hosts and buckets: it is for the log.
 *
 * @param reason the SDK's stable code
 * @param message one sentence for people
 */
public record Failure(HttpStatus status, String reason, String message) {
    public static Failure of(PlabbleException failure) {
        if (failure instanceof PlabbleServerException refusal) {
            return refused(refusal);
        }
        if (failure instanceof PlabbleTimeoutException) {
            return of(
                    HttpStatus.GATEWAY_TIMEOUT,
                    failure,
                    "The Plabble server did not answer in time; what was asked may be done all the same.");
        }
        if (failure instanceof PlabbleLimitException) {
            return of(HttpStatus.SERVICE_UNAVAILABLE, failure, "Too much is being asked at once.");
        }
        if (failure.reason() == Reason.TLS_FAILED) {
            return of(
                    HttpStatus.BAD_GATEWAY, failure, "The TLS connection to the Plabble server could not be trusted.");
        }
        if (failure instanceof PlabbleConnectException || failure instanceof PlabbleSessionClosedException) {
            return of(HttpStatus.SERVICE_UNAVAILABLE, failure, "There is no connection to the Plabble server.");
        }
        if (failure instanceof PlabbleConfigurationException) {
            return of(HttpStatus.INTERNAL_SERVER_ERROR, failure, "The service is not set up rightly.");
        }
        return of(HttpStatus.BAD_GATEWAY, failure, "The Plabble server could not be verified, or broke the protocol.");
    }

    private static Failure refused(PlabbleServerException refusal) {
        return switch (refusal.errorCode().orElse(ErrorCode.BAD_REQUEST)) {
            case INTERNAL_SERVER_ERROR ->
                of(HttpStatus.SERVICE_UNAVAILABLE, refusal, "The Plabble server has a fault of its own.");
            case PAYLOAD_TOO_LARGE ->
                of(HttpStatus.CONTENT_TOO_LARGE, refusal, "The Plabble server does not take anything that large.");
            case BUCKET_FULL -> of(HttpStatus.INSUFFICIENT_STORAGE, refusal, "The board is full.");
            default -> of(HttpStatus.BAD_GATEWAY, refusal, "The Plabble server refused: " + meaning(refusal) + ".");
        };
    }

    private static String meaning(PlabbleServerException refusal) {
        return refusal.errorCode().map(ErrorCode::meaning).orElse("code " + refusal.code());
    }

    private static Failure of(HttpStatus status, PlabbleException failure, String message) {
        return new Failure(status, failure.reason().code(), message);
    }
}
