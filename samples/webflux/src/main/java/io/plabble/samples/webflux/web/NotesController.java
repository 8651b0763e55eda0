package io.plabble.samples.webflux.web;

import io.plabble.samples.webflux.board.Note;
import io.plabble.samples.webflux.board.NoticeBoard;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.AlternativeJdkIdGenerator;
import org.springframework.util.IdGenerator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The board as resources. */
@RestController
// What cannot be answered as asked for is refused before it is done.
@RequestMapping(path = "/api/notes", produces = MediaType.APPLICATION_JSON_VALUE)
class NotesController {
    private final NoticeBoard board;

    /** Seeded now: the platform's random numbers may block, and an event loop must not. */
    private final IdGenerator ids = new AlternativeJdkIdGenerator();

    NotesController(NoticeBoard board) {
        this.board = board;
    }

    /** 201, or 200 if a note with this id is there already: a post may be repeated. */
    @PostMapping
    Mono<ResponseEntity<Note>> post(@Valid @RequestBody NoteRequest note) {
        return board.post(note.toNote(ids))
                .map(posted -> ResponseEntity.status(posted.created() ? HttpStatus.CREATED : HttpStatus.OK)
                        .location(URI.create("/api/notes/" + posted.note().number()))
                        .body(posted.note()));
    }

    /** Page by page: {@code after} is the number of the last note of the page before. */
    @GetMapping
    Flux<Note> list(
            @RequestParam(defaultValue = "-1")
                    @Min(value = -1, message = Paging.AFTER)
                    @Max(value = Paging.LAST_NUMBER, message = Paging.AFTER)
                    int after,
            @RequestParam(defaultValue = "100")
                    @Min(value = 1, message = Paging.LIMIT)
                    @Max(value = Paging.LONGEST_PAGE, message = Paging.LIMIT)
                    int limit) {
        return board.read(after, limit);
    }

    @GetMapping("/{number}")
    Mono<Note> one(
            @PathVariable
                    @Min(value = 0, message = Paging.NUMBER)
                    @Max(value = Paging.LAST_NUMBER, message = Paging.NUMBER)
                    int number) {
        return board.read(number)
                .switchIfEmpty(Mono.error(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no note " + number + ".")));
    }
}
