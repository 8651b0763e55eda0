// The form. Whatever becomes of a note, its words stay until the service has it, and trying again cannot post it twice.
import { find } from "./dom.js";

const DEADLINE = 15_000;
const MAY_PASS = [408, 429, 500, 502, 503, 504];
const UNANSWERED = "The service did not answer, so the note may be posted or not. Trying again will not post it twice.";

const form = find("write");
const { author, text } = form.elements;
const button = form.querySelector("button");
let storage;
try {
  storage = localStorage;
} catch {
  // It may be forbidden; then the name is not remembered.
}

/**
 * Calls `posted` with each note that the service has taken. The function that it returns is to be told of every note
 * that arrives, since the stream may bring one whose answer was lost; it says whether the note was written here.
 */
export function write(posted) {
  let attempt; // {id, author, text, taken}: the same words again are the same note, until it is taken

  function taken() {
    attempt.taken = true;
    storage?.setItem("author", attempt.author);
    if (text.value.trim() === attempt.text) text.value = "";
    edited();
    say("Posted.");
  }

  form.onsubmit = async event => {
    event.preventDefault();
    const words = { author: author.value.trim(), text: text.value.trim() };
    if (button.disabled || !isComplete(words)) return;
    const isSame = attempt?.author === words.author && attempt.text === words.text && !attempt.taken;
    if (!isSame) attempt = { id: uuid(), ...words };
    const focused = document.activeElement;
    busy(true);
    const { note, ...problem } = await send(attempt);
    busy(false);
    if (focused === button) button.focus(); // which disabling takes away
    if (note || attempt.taken) taken();
    else refused(problem);
    if (note) posted(note);
  };
  form.oninput = edited;
  text.onkeydown = event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  };
  author.value = storage?.getItem("author") ?? "";
  edited();

  return note => {
    if (note.id !== attempt?.id) return false;
    if (button.disabled) attempt.taken = true;
    else if (!attempt.taken) taken();
    return true;
  };
}

/** The note, or a problem as RFC 9457 has it; one without a status if nothing was answered. */
async function send({ id, author, text }) {
  try {
    const response = await fetch("api/notes", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json, application/problem+json" },
      body: JSON.stringify({ id, author, text }),
      signal: AbortSignal.timeout(DEADLINE),
    });
    if (response.ok) return { note: await response.json() };
    const problem = await response.json().catch(() => ({})); // a proxy's may be HTML
    return { detail: `The service answered with status ${response.status}.`, ...problem, status: response.status };
  } catch {
    return { detail: UNANSWERED };
  }
}

function isComplete({ author, text }) {
  const errors = [];
  if (!author) errors.push({ field: "author", message: "Please say who you are." });
  if (!text) errors.push({ field: "text", message: "Please write something." });
  if (errors.length) refused({ errors, status: 400 });
  return errors.length === 0;
}

function refused({ detail, errors = [], status }) {
  for (const { field, message } of errors) if (form.elements[field]) mark(form.elements[field], message);
  const wrong = form.querySelector("[aria-invalid]");
  wrong?.focus();
  say(wrong ? "" : detail, true);
  if (status === undefined || MAY_PASS.includes(status)) button.textContent = "Try again";
}

/** Forgets what was said of the words that were there before. */
function edited() {
  find("text-hint").textContent = `${text.maxLength - text.value.length} characters left`;
  mark(author, "");
  mark(text, "");
  say("");
}

function mark(field, message) {
  find(`${field.id}-error`).textContent = message;
  if (message) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

function say(outcome, isBad = false) {
  find("outcome").textContent = outcome;
  find("outcome").classList.toggle("bad", isBad);
  button.textContent = "Post";
}

function busy(is) {
  button.disabled = author.readOnly = text.readOnly = is;
}

/** `randomUUID` is there on secure pages only, but a board may be read over plain HTTP in a house's own network. */
function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
