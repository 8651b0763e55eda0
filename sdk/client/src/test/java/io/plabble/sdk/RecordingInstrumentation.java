package io.plabble.sdk;

import io.plabble.protocol.PacketType;
import io.plabble.protocol.PlabbleException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Keeps what it hears. */
final class RecordingInstrumentation implements Instrumentation {
    static final String KEY = "of the connect";

    final List<Heard> connects = new CopyOnWriteArrayList<>();
    final List<Heard> requests = new CopyOnWriteArrayList<>();
    final List<OpenSession> opened = new CopyOnWriteArrayList<>();
    final List<OpenSession> closed = new CopyOnWriteArrayList<>();

    enum End {
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    /** One connect or request: to be right, it has exactly one end. */
    static final class Heard implements Observed {
        final Peer peer;
        final PacketType type;
        final ContextView subscriber;
        final List<End> ends = new CopyOnWriteArrayList<>();
        final List<PlabbleException> errors = new CopyOnWriteArrayList<>();

        Heard(Peer peer, PacketType type, ContextView subscriber) {
            this.peer = peer;
            this.type = type;
            this.subscriber = subscriber;
        }

        @Override
        public Context context(Context context) {
            return context.put(KEY, this);
        }

        @Override
        public void succeeded() {
            ends.add(End.SUCCEEDED);
        }

        @Override
        public void failed(PlabbleException error) {
            errors.add(error);
            ends.add(End.FAILED);
        }

        @Override
        public void cancelled() {
            ends.add(End.CANCELLED);
        }

        @Override
        public String toString() {
            return type + " " + ends + " " + errors;
        }
    }

    @Override
    public Observed connect(Peer peer, ContextView subscriber) {
        return add(connects, new Heard(peer, PacketType.CONNECT, subscriber));
    }

    @Override
    public Observed request(Peer peer, PacketType type, ContextView subscriber) {
        return add(requests, new Heard(peer, type, subscriber));
    }

    private static Heard add(List<Heard> all, Heard heard) {
        all.add(heard);
        return heard;
    }

    @Override
    public void sessionOpened(OpenSession session) {
        opened.add(session);
    }

    @Override
    public void sessionClosed(OpenSession session) {
        closed.add(session);
    }
}
