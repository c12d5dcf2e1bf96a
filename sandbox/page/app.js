// The whole page: clock, people, and their phones side by side or one at a time.

import { html, render, useEffect, useState } from "./vendor/htm-preact/standalone.module.js";
import { ClockBar } from "./clockbar.js";
import { NewPerson, Viewer } from "./dialogs.js";
import { fontsReady } from "./fonts.js";
import { Icon } from "./icons.js";
import { recall, useRemembered } from "./memory.js";
import { Avatar, Phone } from "./phone.js";
import { connect, store, subscribe, unreadOf } from "./store.js";
import { translator } from "./words.js";

const NARROW = "(max-width: 760px)";
const FIRST_SHOWN = 3;

function useStore() {
  const [, tick] = useState(0);
  useEffect(() => subscribe(() => tick((n) => n + 1)), []);
}

function useNarrow() {
  const query = matchMedia(NARROW);
  const [narrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const change = (event) => setNarrow(event.matches);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, []);
  return narrow;
}

function App() {
  useStore();
  const narrow = useNarrow();
  const [language, setLanguage] = useRemembered("language", null);
  const [zone, setZone] = useRemembered("zone", "Asia/Shanghai");
  const [shown, setShown] = useRemembered("shown", null);
  const [active, setActive] = useRemembered("active", null);
  const [picture, setPicture] = useState(null);
  const [adding, setAdding] = useState(false);
  const current = language ?? store.language;
  const t = translator(current);
  useEffect(() => {
    document.documentElement.lang = current === "zh" ? "zh-CN" : "en";
    document.title = t("title");
  }, [current]);
  if (!store.ready) return html`<main class="loading" aria-busy="true" />`;
  const page = { t, language: current, zone, setZone, view: setPicture };
  const ids = store.people.map((one) => one.id);
  const chosen = (shown ?? ids.slice(0, FIRST_SHOWN)).filter((id) => ids.includes(id));
  const one = ids.includes(active) ? active : ids[0];
  const visible = narrow ? [one] : chosen;
  const toggle = (id) => {
    if (narrow) setActive(id);
    else setShown(chosen.includes(id) ? chosen.filter((other) => other !== id) : ids.filter((other) => other === id || chosen.includes(other)));
  };
  return html`
    <header class="top">
      <h1><img src="/page/icon.svg" alt="" width="26" height="26" /><span>${t("title")}</span></h1>
      <${ClockBar} page=${page} />
      <button class="chip language" aria-label=${t("page_language_label")} onClick=${() => setLanguage(current === "zh" ? "en" : "zh")}>${t("page_language")}</button>
    </header>
    <nav class="people" aria-label=${t("people")}>
      ${store.people.map((person) => html`<${Switch} key=${person.id} ...${{ person, page, on: visible.includes(person.id), toggle }} />`)}
      <button class="round small" aria-label=${t("add_person")} title=${t("add_person")} onClick=${() => setAdding(true)}><${Icon} name="plus" /></button>
    </nav>
    ${!store.online && html`<div class="offline" role="alert">${t("offline")}</div>`}
    <main class="phones">
      ${store.people.filter((person) => visible.includes(person.id)).map((person) => html`<${Phone} key=${person.id} person=${person} page=${page} />`)}
    </main>
    ${picture && html`<${Viewer} what=${picture} t=${t} close=${() => setPicture(null)} />`}
    ${adding && html`<${NewPerson} t=${t} close=${() => setAdding(false)} />`}
  `;
}

function Switch({ person, page, on, toggle }) {
  const unread = unreadOf(person.id);
  const { t } = page;
  const label = t(on ? "hide" : "show", { name: person.name });
  return html`
    <button class="switch ${on ? "on" : ""}" aria-pressed=${on} aria-label=${label} onClick=${() => toggle(person.id)}>
      <${Avatar} name=${person.name} id=${person.id} />
      <span>${person.name}</span>
      ${unread > 0 && html`<span class="unread" aria-label=${t("unread", { count: unread })}>${unread}</span>`}
    </button>
  `;
}

document.documentElement.lang = recall("language", "en") === "zh" ? "zh-CN" : "en";
await fontsReady();
render(html`<${App} />`, document.getElementById("app"));
connect();
