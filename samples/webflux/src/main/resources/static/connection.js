// Two lines can break: the page's to the service, and the service's to Plabble. This shows which, since when, and when it was found.
import { element, find, toTheSecond } from "./dom.js";

const EVENTS = 10;

export class Connection {
  constructor() {
    this.page = new Line("This page", "the service", find("page-line"), () => this.#show());
    this.plabble = new Line("The service", "Plabble", find("plabble-line"), () => this.#show());
    // On a phone the notes come first; the sentence at the top says what matters of the details.
    find("connection").open = matchMedia("(min-width: 60rem)").matches;
  }

  /** Takes the service's account of itself: `{phase, since, failure, server}`. */
  service({ phase, since, failure, server }) {
    if (server) {
      showServer((this.server = server));
      this.plabble.wasUp = true;
    }
    if (phase === "connected" || phase === "renewing") this.plabble.tell(true, new Date(since));
    if (phase === "lost" || phase === "closed") this.plabble.tell(false, new Date(since), failure?.message);
    this.#show();
  }

  #show() {
    const lines = [this.page, this.plabble];
    const broken = lines.find(line => line.up === false);
    const waiting = lines.find(line => line.up === undefined);
    find("top").dataset.state = broken ? "lost" : waiting ? "waiting" : "live";
    const sentence = broken
      ? [`${broken.loss} at `, toTheSecond(broken.since), ". No notes come or go in the meantime."]
      : waiting
        ? [`${waiting.from} is connecting to ${waiting.to} …`]
        : [...live(lines), this.server ? ` Kept by ${nameOf(this.server)}, verified by ${this.server.verifiedBy}.` : ""];
    say(find("status"), sentence);
    // Whom this page does not hear, it knows nothing of.
    find("plabble-line").classList.toggle("stale", this.page.up === false && this.plabble.up !== undefined);
  }
}

class Line {
  constructor(from, to, place, changed) {
    Object.assign(this, { from, to, place, changed });
  }

  get loss() {
    return `${this.from} ${this.wasUp ? "lost" : "did not reach"} ${this.to}`;
  }

  /** Each failed attempt to mend a line is told as well; the loss is the first of them. */
  tell(up, at, why) {
    if (up !== this.up) {
      this.away = this.up === false ? duration(at - this.since) : "";
      this.up = up;
      this.since = at;
      this.wasUp ||= up;
      log(this, why);
    }
    const words = up ? ["Connected since ", toTheSecond(this.since)] : ["Out of reach since ", toTheSecond(this.since)];
    if (this.away) words.push(`, after an outage of ${this.away}`);
    if (why) words.push(`: ${why}`);
    say(this.place, words);
    this.changed();
  }
}

function live(lines) {
  const last = lines.reduce((a, b) => (b.since > a.since ? b : a));
  return last.away ? ["Live again since ", toTheSecond(last.since), `, after ${last.away}.`] : ["Live since ", toTheSecond(last.since), "."];
}

function log({ from, to, up, since, away, loss }, why) {
  const words = !up ? loss : away ? `${from} found ${to} again, after ${away}` : `${from} reached ${to}`;
  const events = find("events");
  // What the service went through while this page was away is heard of late.
  const earlier = [...events.children].find(event => event.since <= since) ?? null;
  events.insertBefore(element("li", { since }, toTheSecond(since), ` ${words}${why ? `: ${why}` : ""}`), earlier);
  while (events.children.length > EVENTS) events.lastChild.remove();
}

/** Only when the words differ, since a screen reader reads out what is replaced. */
function say(place, words) {
  const said = element("p", {}, ...words);
  if (said.textContent !== place.textContent) place.replaceChildren(...said.childNodes);
}

function duration(milliseconds) {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

const nameOf = server => server.names[0] ?? server.address;

function showServer(server) {
  const [, ...issuers] = server.names;
  find("server-name").textContent = nameOf(server);
  find("server-verified").textContent = server.verifiedBy + (issuers.length ? `, issued by ${issuers.join(", ")}` : "");
  find("server-address").textContent = server.address;
  find("server-encrypted").textContent = server.encrypted ? "on" : "off";
  find("server-fingerprint").textContent = server.fingerprint.replace(/.{4}(?!$)/g, "$& ");
  find("server").hidden = false;
}
