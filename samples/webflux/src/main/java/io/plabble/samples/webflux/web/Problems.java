package io.plabble.samples.webflux.web;

import io.plabble.protocol.PlabbleException;
import io.plabble.samples.webflux.board.BoardFullException;
import io.plabble.samples.webflux.plabble.Failure;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebExchangeBindException;
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
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(failure.status(), failure.message());
        problem.setProperty("reason", failure.reason());
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(failure.status());
        if (failure.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT);
        }
        return answer.body(problem);
    }

    @ExceptionHandler
    ProblemDetail boardFull(BoardFullException exception) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.INSUFFICIENT_STORAGE, exception.getMessage());
    }

    @Override
    protected Mono<ResponseEntity<Object>> handleWebExchangeBindException(
            WebExchangeBindException exception,
            HttpHeaders headers,
            HttpStatusCode status,
            ServerWebExchange exchange) {
        List<Map<String, String>> errors = exception.getFieldErrors().stream()
                .map(error -> Map.of("field", error.getField(), "message", String.valueOf(error.getDefaultMessage())))
                .toList();
        exception.getBody().setDetail("Some fields are not right.");
        exception.getBody().setProperty("errors", errors);
        return super.handleWebExchangeBindException(exception, headers, status, exchange);
    }
}
