// The notes, newest first. All are kept, but only the latest are in the page, so that thousands do not make it slow.
import { element, find, toTheMinute } from "./dom.js";

const PAGE = 200;
const QUIET = 1_000;
const list = find("notes");
const number = value => value.toLocaleString("en-GB");
const topOf = node => node.getBoundingClientRect().top;

export class Notes {
  #notes = []; // ascending
  #limit = PAGE;
  #from = 0; // the first that is in the page
  #drawing = false;
  #foundEmpty = false;
  #settled = false; // what comes in at first was there before; what comes after a silence is new
  #timer;
  #unsaid = [];
  #unseen = 0;

  constructor() {
    addEventListener("scroll", () => this.#isReading() || this.#missed(0), { passive: true });
    find("older").onclick = () => this.#showOlder();
    find("fresh").onclick = () => {
      scrollTo(0, 0);
      find("notes-heading").focus({ preventScroll: true });
    };
  }

  /** Takes a note once, however often they come and in whatever order. False if another note has its number. */
  add(note, isMine) {
    let at = this.#notes.length;
    while (at > 0 && this.#notes[at - 1].number >= note.number) at--;
    const there = this.#notes[at];
    if (there?.number === note.number) return there.id === note.id;
    this.#notes.splice(at, 0, Object.assign(note, { isNew: this.#settled }));
    if (!isMine) this.#unsaid.push(note);
    this.#announceSoon();
    this.#drawSoon();
    return true;
  }

  /** Tells that the service has read the board. Until then, no notes does not mean that there are none. */
  boardIs(empty) {
    this.#foundEmpty = empty;
    this.#announceSoon();
    this.#drawSoon();
  }

  /** At once, as nobody can go on reading what is gone. */
  clear() {
    this.#notes = [];
    this.#unsaid = [];
    this.#foundEmpty = false;
    this.#missed(0);
    this.#draw(0);
  }

  /** Once a second at most, and many notes only by their number, as no screen reader should read out a hundred. */
  #announceSoon() {
    if (!this.#settled) this.#timer = clearTimeout(this.#timer);
    this.#timer ??= setTimeout(() => {
      const notes = this.#unsaid.splice(0);
      const many = `${number(notes.length)} ${this.#settled ? "new notes" : "notes"}`;
      const words = this.#settled && notes.length === 1 ? `${notes[0].author} wrote: ${notes[0].text}` : many;
      if (notes.length) find("announcement").textContent = words;
      this.#settled = true;
      this.#timer = undefined;
    }, QUIET);
  }

  /** Once a frame at most, or without frames where nobody looks. */
  #drawSoon() {
    if (this.#drawing) return;
    this.#drawing = true;
    if (document.hidden) setTimeout(() => this.#arrange());
    else requestAnimationFrame(() => this.#arrange());
  }

  /** Whoever has scrolled down goes on reading where they were. */
  #arrange() {
    this.#drawing = false;
    if (!this.#isReading()) return this.#draw(Math.max(0, this.#notes.length - this.#limit));
    const [first, shown] = [list.firstElementChild, list.childElementCount];
    const before = topOf(first);
    this.#draw(this.#from);
    scrollBy({ top: topOf(first) - before, behavior: "instant" });
    this.#missed(this.#unseen + list.childElementCount - shown);
  }

  #draw(from) {
    this.#from = from;
    let next = list.firstElementChild;
    for (const note of this.#notes.slice(from).reverse()) {
      if (next?.note === note) next = next.nextElementSibling;
      else list.insertBefore(item(note), next);
    }
    for (let gone = next; gone; gone = next) {
      next = gone.nextElementSibling;
      gone.remove();
    }
    find("older").hidden = from === 0;
    find("older").textContent = `Show older notes (${number(from)} more)`;
    find("count").textContent = number(this.#notes.length);
    find("looking").hidden = this.#notes.length > 0 || this.#foundEmpty;
    find("empty").hidden = this.#notes.length > 0 || !this.#foundEmpty;
  }

  #showOlder() {
    const shown = list.childElementCount;
    this.#limit += PAGE;
    this.#draw(Math.max(0, this.#from - PAGE));
    // The button has moved away, or is gone: go on where the older ones begin.
    list.children[shown].tabIndex = -1;
    list.children[shown].focus();
  }

  #isReading() {
    return list.firstElementChild !== null && topOf(list) < find("top").getBoundingClientRect().bottom;
  }

  #missed(notes) {
    this.#unseen = notes;
    find("fresh").hidden = notes === 0;
    find("fresh").textContent = notes === 1 ? "1 new note above" : `${number(notes)} new notes above`;
  }
}

function item(note) {
  const face = element("span", { className: "face", ariaHidden: "true" }, ([...note.author.trim()][0] ?? "?").toUpperCase());
  face.style.setProperty("--hue", [...note.author].reduce((hue, letter) => (hue * 31 + letter.codePointAt(0)) % 360, 7));
  const who = element("b", { dir: "auto" }, note.author);
  const slot = element("span", { className: "number", title: "The note’s slot in its Plabble bucket" }, `#${note.number}`);
  return element("li", { note, className: note.isNew ? "note fresh" : "note" },
    face,
    element("p", { className: "meta" }, who, toTheMinute(new Date(note.postedAt)), slot),
    element("p", { className: "text", dir: "auto" }, note.text));
}
