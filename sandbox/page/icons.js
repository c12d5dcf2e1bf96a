// Line icons, drawn here so that no font is needed for the page's own controls.

import { html } from "./vendor/htm-preact/standalone.module.js";

const PATHS = {
  send: "M4 12 20 4l-5 16-3.500-6.500z M11.500 13.500 20 4",
  attach: "M20 11.500 12 19.500a5 5 0 0 1-7-7l8.500-8.500a3.300 3.300 0 0 1 4.700 4.700L9.700 17.200a1.700 1.700 0 0 1-2.400-2.400L15 7",
  menu: "M5 7h14 M5 12h14 M5 17h9",
  more: "M12 6h.01 M12 12h.01 M12 18h.01",
  close: "M6 6l12 12 M18 6 6 18",
  check: "M5 12.500 10 17 19 7",
  lock: "M7 11h10v8H7z M9 11V8a3 3 0 0 1 6 0v3",
  mute: "M6 10v4h3l4 3V7L9 10z M17 10l4 4 M21 10l-4 4",
  pin: "M9 4h6l-1 6 3 3H7l3-3z M12 13v7",
  link: "M8 16 16 8 M10 8h6v6",
  copy: "M9 9h10v10H9z M5 15V5h10",
  file: "M7 3h7l4 4v14H7z M14 3v4h4",
  play: "M8 5l11 7-11 7z",
  place: "M12 21s-6-5.500-6-11a6 6 0 0 1 12 0c0 5.500-6 11-6 11z M12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4.500 20a7.500 7.500 0 0 1 15 0",
  picture: "M4 5h16v14H4z M4 16l5-5 4 4 3-3 4 4 M15.500 9h.01",
  forward: "M13 6l6 6-6 6 M19 12H5",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z M12 7v5l3.500 2",
  plus: "M12 5v14 M5 12h14",
  down: "M6 9l6 6 6-6",
};

export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;
}
