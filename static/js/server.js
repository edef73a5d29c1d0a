// Talking to the server: the token, failures said in words, and what htmx needs to know about our parts.
import { say, troubleText } from "./words.js";

const token = () => document.querySelector('meta[name="csrf-token"]').content;

/**
 * Post fields; gives the answer's JSON, or {} when it has none. A refusal throws an Error whose message is the server's sentence
 * (`refused` is true), a failed connection one with the page's own sentence.
 */
export async function post(address, fields, options = {}) {
  const body = fields instanceof FormData ? fields : new FormData();
  if (body !== fields) for (const [name, value] of Object.entries(fields)) body.set(name, value);
  let response;
  try {
    response = await fetch(address, {
      method: "POST", body, credentials: "same-origin", ...options,
      headers: { "X-CSRFToken": token(), Accept: "application/json", ...options.headers },
    });
  } catch {
    throw new Error(troubleText());
  }
  const json = response.headers.get("Content-Type")?.includes("json") ? await response.json() : null;
  if (response.ok && !response.redirected) return json ?? {};
  const refusal = new Error(json?.message ?? troubleText());
  refusal.json = json;
  refusal.refused = response.status === 409 || response.status === 422;
  throw refusal;
}

/**
 * Tasks of one element, one after the other: the second move of a thing must know the version that the first one made. The element
 * is busy as long as any is under way. A task deals with its own failure.
 */
export function oneByOne(element) {
  let last = Promise.resolve();
  let waiting = 0;
  return (task) => {
    waiting += 1;
    element.setAttribute("aria-busy", "true");
    last = last.then(task).finally(() => {
      waiting -= 1;
      if (!waiting) element.removeAttribute("aria-busy");
    });
  };
}

document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") detail.headers["X-CSRFToken"] = token();
  if (detail.elt.hasAttribute("data-lookup")) detail.parameters = { q: detail.elt.value };
});

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.body.addEventListener(name, () => say(troubleText()));
}

// A file on its way shows how far it is.
document.body.addEventListener("htmx:xhr:progress", ({ target, detail }) => {
  const bar = target.closest(".upload")?.querySelector(".upload-progress");
  if (!bar || !detail.lengthComputable) return;
  bar.hidden = detail.loaded === detail.total;
  bar.value = (100 * detail.loaded) / detail.total;
});

// Progress that is drawn anew keeps open what the reader opened.
const opened = new Set();
document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  opened.clear();
  for (const details of detail.target.querySelectorAll("details[open][id]")) opened.add(details.id);
});
document.body.addEventListener("htmx:afterSettle", () => {
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
});
