// Choices that the page remembers in this browser.

import { useState } from "./vendor/htm-preact/standalone.module.js";

export function recall(name, otherwise) {
  try {
    const kept = localStorage.getItem(`sandbox.${name}`);
    return kept === null ? otherwise : JSON.parse(kept);
  } catch {
    return otherwise; // a private window may have no storage; the page works without
  }
}

export function keep(name, value) {
  try {
    localStorage.setItem(`sandbox.${name}`, JSON.stringify(value));
  } catch {
    // see above: not being remembered is the only harm
  }
}

export function useRemembered(name, otherwise) {
  const [value, setValue] = useState(() => recall(name, otherwise));
  const set = (fresh) => {
    keep(name, fresh);
    setValue(fresh);
  };
  return [value, set];
}
