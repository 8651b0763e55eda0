package io.plabble.samples.webflux.web;

import io.plabble.protocol.PlabbleException;
import io.plabble.samples.webflux.board.NotPostedException;
import io.plabble.samples.webflux.plabble.Failure;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Every error as a problem detail (RFC 9457): those of the SDK with its {@code reason}, those of a body with each field's. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String SECONDS_TO_WAIT = "2";

    @ExceptionHandler
    ResponseEntity<ProblemDetail> plabble(PlabbleException exception) {
        LOG.warn("{}: {}", exception.reason(), exception.getMessage());
        Failure failure = Failure.of(exception);
        return problem(failure.status(), failure.message(), Map.of("reason", failure.reason()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> notPosted(NotPostedException exception) {
        HttpStatus status = switch (exception.why()) {
            case FULL -> HttpStatus.INSUFFICIENT_STORAGE;
            case BUSY -> HttpStatus.SERVICE_UNAVAILABLE;
            case ID_TAKEN -> HttpStatus.CONFLICT;
        };
        return problem(status, exception.getMessage(), Map.of());
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<ProblemDetail> unforeseen(Exception exception) {
        LOG.error("this should not have happened", exception);
        return problem(HttpStatus.INTERNAL_SERVER_ERROR, "The service has a fault of its own.", Map.of());
    }

    private static ResponseEntity<ProblemDetail> problem(
            HttpStatus status, @Nullable String detail, Map<String, Object> properties) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        properties.forEach(problem::setProperty);
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT);
        }
        return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
    }

    @Override
    protected Mono<ResponseEntity<Object>> handleWebExchangeBindException(
            WebExchangeBindException exception,
            HttpHeaders headers,
            HttpStatusCode status,
            ServerWebExchange exchange) {
        explain(exception.getBody(), exception.getFieldErrors().stream().map(error -> error(error.getField(), error)));
        return super.handleWebExchangeBindException(exception, headers, status, exchange);
    }

    @Override
    protected Mono<ResponseEntity<Object>> handleHandlerMethodValidationException(
            HandlerMethodValidationException exception,
            HttpHeaders headers,
            HttpStatusCode status,
            ServerWebExchange exchange) {
        explain(
                exception.getBody(),
                exception.getParameterValidationResults().stream()
                        .flatMap(result -> result.getResolvableErrors().stream()
                                .map(error -> error(
                                        String.valueOf(
                                                result.getMethodParameter().getParameterName()),
                                        error))));
        return super.handleHandlerMethodValidationException(exception, headers, status, exchange);
    }

    private static void explain(ProblemDetail problem, Stream<Map<String, String>> errors) {
        problem.setDetail("Some fields are not right.");
        problem.setProperty("errors", errors.toList());
    }

    private static Map<String, String> error(String field, MessageSourceResolvable error) {
        return Map.of("field", field, "message", String.valueOf(error.getDefaultMessage()));
    }

    /** As a problem, whatever was asked for: an {@code EventSource} asks for events only. */
    @Override
    protected Mono<ResponseEntity<Object>> createResponseEntity(
            @Nullable Object body, @Nullable HttpHeaders headers, HttpStatusCode status, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body));
    }
}
