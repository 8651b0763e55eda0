package io.plabble.samples.cli;

/** A failure of which a command knows more than the SDK does. */
final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    FailedException(Failure failure, Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
