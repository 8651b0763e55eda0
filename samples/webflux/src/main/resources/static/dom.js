// Notes are strangers' words. They become text nodes, here and nowhere else, and so never markup.

export const find = id => document.getElementById(id);

export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const minute = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const second = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const full = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "medium" });
const time = (date, shown) => element("time", { dateTime: date.toISOString(), title: full.format(date) }, shown);

/** A note's day and minute. */
export const toTheMinute = date => time(date, minute.format(date));

/** An outage's second; the day is in its title. */
export const toTheSecond = date => time(date, second.format(date));
