// The simulated time and the moves that bring the next reminder near.

import { html, useEffect, useState } from "./vendor/htm-preact/standalone.module.js";
import { post } from "./api.js";
import { Icon } from "./icons.js";
import { store } from "./store.js";
import { clockTime, fullDate, offsetInWords } from "./time.js";

const ZONES = ["Asia/Shanghai", "Asia/Hong_Kong", "Asia/Singapore", "Europe/Prague", "Europe/London", "America/New_York", "UTC"];
const MOVES = [
  ["plus_15", { advance: 900 }],
  ["plus_60", { advance: 3600 }],
  ["next_morning", { move: "next_morning" }],
  ["tomorrow", { move: "tomorrow" }],
  ["next_monday", { move: "next_monday" }],
  ["real", { move: "real" }],
];

export function ClockBar({ page }) {
  const { t, language, zone, setZone } = page;
  const [, tick] = useState(0);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  const offset = store.clock?.offset ?? 0;
  const now = Date.now() / 1000 + offset;
  const move = (body) => post("clock", { ...body, zone });
  return html`
    <div class="clock" role="group" aria-label=${t("clock")}>
      <div class="now">
        <${Icon} name="clock" />
        <span class="date">${fullDate(now, language, zone)}</span>
        <b class="time">${clockTime(now, language, zone, true)}</b>
        <small class=${Math.abs(offset) < 1 ? "" : "moved"}>${offsetInWords(offset, t)}</small>
        <button class="round small moves-button" aria-label=${t("moves")} aria-expanded=${open} onClick=${() => setOpen(!open)}><${Icon} name="down" /></button>
      </div>
      <div class="moves ${open ? "open" : ""}">
        ${MOVES.map(([key, body]) => html`<button class="chip" onClick=${() => move(body)}>${t(key)}</button>`)}
        <select aria-label=${t("zone")} value=${zone} onChange=${(event) => setZone(event.target.value)}>
          ${ZONES.map((one) => html`<option value=${one}>${one.replace("_", " ")}</option>`)}
        </select>
      </div>
    </div>
  `;
}
