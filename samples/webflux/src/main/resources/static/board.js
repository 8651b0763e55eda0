// Puts the page together: what the stream tells goes to the notes and to the state of the connection.
import { Connection } from "./connection.js";
import { Notes } from "./notes.js";
import { write } from "./write.js";

const PAUSE = 3_000;
const DEADLINE = 15_000;

const connection = new Connection();
const notes = new Notes();
const isMine = write(arrived);
let source;
let last; // of the stream. What this page posts itself may be further on.

function follow() {
  source?.close();
  const stream = (source = new EventSource(last === undefined ? "api/notes/stream" : `api/notes/stream?after=${last}`));
  stream.onopen = () => {
    connection.page.tell(true, new Date());
    notes.announceSoon(); // that there are none, perhaps
    if (last !== undefined) compare().catch(() => {}); // the next time, then
  };
  stream.onerror = () => {
    connection.page.tell(false, new Date());
    // The browser tries again by itself after a network failure, but not after an HTTP error, such as a proxy's.
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => stream === source && follow(), PAUSE);
  };
  stream.addEventListener("connection", event => connection.service(JSON.parse(event.data)));
  stream.addEventListener("note", event => {
    last = event.lastEventId;
    arrived(JSON.parse(event.data));
  });
}

/** A service whose server keeps all in memory begins with an empty board, and the stream says nothing of that. */
async function compare() {
  const response = await fetch(`api/notes?after=${last - 1}&limit=1`, { signal: AbortSignal.timeout(DEADLINE) });
  const [note] = await response.json();
  if (!note || !notes.add(note)) beginAnew();
}

function arrived(note) {
  if (!notes.add(note, isMine(note))) beginAnew();
}

function beginAnew() {
  last = undefined;
  notes.clear();
  follow();
}

addEventListener("online", follow);
follow();
