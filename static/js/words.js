// Words come from data-text-… attributes, already in the reader's language; numbers are put into them here.

/** `fill("{n} selected", {n: 3})` → "3 selected" */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

let timer;

/** Say a sentence at the corner of the page; it is read out and leaves by itself. */
export function say(text, seconds = 8) {
  const live = document.getElementById("live");
  live.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => { live.textContent = ""; }, seconds * 1000);
}

export const troubleText = () => document.getElementById("live").dataset.textError;
