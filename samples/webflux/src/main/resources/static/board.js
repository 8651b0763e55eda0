// Puts the page together: what the stream tells goes to the notes and to the state of the connection.
import { Connection } from "./connection.js";
import { Notes } from "./notes.js";
import { write } from "./write.js";

const PAUSE = 3_000;
const DEADLINE = 15_000;
const SILENCE = 40_000; // Of the service's heartbeats, one every 15 s, two are missing then.

const connection = new Connection();
const notes = new Notes();
const isMine = write(arrived);
let source;
let heard; // when the stream brought something, by the clock on the wall, since timers stand still while a laptop sleeps
let last; // of the stream. What this page posts itself may be further on.

function follow() {
  source?.close();
  heard = Date.now();
  let resumed;
  const stream = (source = new EventSource(last === undefined ? "api/notes/stream" : `api/notes/stream?after=${last}`));
  stream.onopen = () => {
    heard = Date.now();
    connection.page.tell(true, new Date());
    resumed = last !== undefined;
  };
  stream.onerror = () => {
    connection.page.tell(false, new Date());
    // The browser tries again by itself after a network failure, but not after an HTTP error, such as a proxy's.
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => stream === source && follow(), PAUSE);
  };
  const on = (name, told) =>
    stream.addEventListener(name, event => {
      heard = Date.now();
      told(JSON.parse(event.data), event.lastEventId);
    });
  on("alive", () => {});
  on("connection", account => connection.service(account));
  on("board", ({ empty }) => {
    notes.boardIs(empty);
    if (resumed) compare().catch(() => {}); // the next time, then
  });
  on("note", (note, id) => {
    last = id;
    arrived(note);
  });
}

/** To the browser, a path that has died without a word is no error: it would wait for ever. */
function watch() {
  if (Date.now() - heard < SILENCE) return;
  connection.page.tell(false, new Date(heard));
  follow();
}

/** A service whose server keeps all in memory begins with another board, which does not show behind a number. */
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
addEventListener("pageshow", event => event.persisted && follow());
document.addEventListener("visibilitychange", watch);
setInterval(watch, 1_000);
follow();
