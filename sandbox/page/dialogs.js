// Dialogs over one phone: a picture, a place, a contact, forwarding, a new person or group.

import { html, useLayoutEffect, useRef, useState } from "./vendor/htm-preact/standalone.module.js";
import { post } from "./api.js";
import { Icon } from "./icons.js";
import { store } from "./store.js";

const PLACES = [
  ["上海 陆家嘴", 31.23945, 121.49987],
  ["北京 金融街", 39.91513, 116.35838],
  ["深圳 福田", 22.53332, 114.05454],
  ["Prague", 50.08804, 14.42076],
];

export function Dialog({ title, onClose, t, children, wide = false }) {
  const box = useRef(null);
  useModal(box, onClose);
  return html`
    <div class="veil" onClick=${(event) => event.target === event.currentTarget && onClose()}>
      <div class="dialog ${wide ? "wide" : ""}" role="dialog" aria-modal="true" aria-label=${title} ref=${box}>
        <header><h2>${title}</h2><button class="round small" aria-label=${t("close")} onClick=${onClose}><${Icon} name="close" /></button></header>
        ${children}
      </div>
    </div>
  `;
}

// Takes the focus and keeps it, closes on Escape wherever the focus is, gives the focus back.
function useModal(box, onClose) {
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => {
    const before = document.activeElement;
    (box.current.querySelector("input, textarea, select") ?? box.current.querySelector("button")).focus();
    const keys = (event) => {
      if (event.key === "Escape") close.current();
      if (event.key === "Tab") keepInside(event, box.current);
    };
    document.addEventListener("keydown", keys);
    return () => {
      document.removeEventListener("keydown", keys);
      before?.focus?.();
    };
  }, []);
}

export function Alert({ text, onClose }) {
  const box = useRef(null);
  useModal(box, onClose);
  return html`
    <div class="veil">
      <div class="dialog" role="alertdialog" aria-modal="true" aria-label=${text} ref=${box}>
        <p class="alert">${text}</p>
        <button class="primary" onClick=${onClose}>OK</button>
      </div>
    </div>
  `;
}

function keepInside(event, box) {
  const all = [...box.querySelectorAll("button, input, textarea, select, a[href]")].filter((one) => !one.disabled);
  const edge = event.shiftKey ? all[0] : all[all.length - 1];
  if (document.activeElement === edge) {
    event.preventDefault();
    (event.shiftKey ? all[all.length - 1] : all[0]).focus();
  }
}

export function PhoneDialog({ what, phone }) {
  const close = () => phone.open(null);
  const kinds = { location: Location, contact: Contact, stranger: Stranger, forward: Forward, group: Group };
  const Kind = kinds[what.kind];
  return Kind && html`<${Kind} ...${{ what, phone, close }} />`;
}

export function Viewer({ what, t, close }) {
  return html`
    <${Dialog} title=${what.caption || t("picture")} onClose=${close} t=${t} wide=${true}>
      <img class="large" src=${what.url} alt=${what.caption ?? t("picture")} />
    <//>
  `;
}

function Field({ label, ...rest }) {
  return html`<label class="field"><span>${label}</span><input ...${rest} /></label>`;
}

function Form({ children, onSend, label }) {
  const submit = (event) => {
    event.preventDefault();
    onSend(Object.fromEntries(new FormData(event.target)));
  };
  return html`<form onSubmit=${submit}>${children}<button class="primary">${label}</button></form>`;
}

function Location({ phone, close }) {
  const [place, setPlace] = useState(PLACES[0]);
  const { t } = phone;
  const here = () => navigator.geolocation?.getCurrentPosition(({ coords }) =>
    setPlace(["", coords.latitude, coords.longitude]));
  const send = async ({ latitude, longitude }) => {
    close();
    await phone.share("location", { latitude: Number(latitude), longitude: Number(longitude) });
  };
  return html`
    <${Dialog} title=${t("location")} onClose=${close} t=${t}>
      <div class="chips">
        ${PLACES.map((one) => html`<button type="button" class="chip" aria-pressed=${one === place} onClick=${() => setPlace(one)}>${one[0]}</button>`)}
        <button type="button" class="chip" onClick=${here}>${t("here")}</button>
      </div>
      <${Form} onSend=${send} label=${t("send")}>
        <${Field} label=${t("latitude")} name="latitude" type="number" step="any" min="-90" max="90" required value=${place[1]} />
        <${Field} label=${t("longitude")} name="longitude" type="number" step="any" min="-180" max="180" required value=${place[2]} />
      <//>
    <//>
  `;
}

function Contact({ phone, close }) {
  const { t } = phone;
  const own = async () => {
    close();
    await phone.share("contact", {});
  };
  const send = async ({ name, number }) => {
    close();
    await phone.share("contact", { contact: { first_name: name, phone_number: number } });
  };
  return html`
    <${Dialog} title=${t("contact")} onClose=${close} t=${t}>
      <button class="chip" onClick=${own}>${t("own_contact")}</button>
      <${Form} onSend=${send} label=${t("send")}>
        <${Field} label=${t("name")} name="name" required maxlength="64" />
        <${Field} label=${t("phone")} name="number" type="text" inputmode="tel" required maxlength="32" />
      <//>
    <//>
  `;
}

function Stranger({ phone, close }) {
  const { t } = phone;
  const send = async ({ name, text, hidden }) => {
    close();
    const user = hidden ? {} : { user_id: 500000 + Math.floor(Math.random() * 400000) };
    await phone.share("forward", { name, text, ...user });
  };
  return html`
    <${Dialog} title=${t("stranger")} onClose=${close} t=${t}>
      <${Form} onSend=${send} label=${t("forward")}>
        <${Field} label=${t("stranger_name")} name="name" required maxlength="64" />
        <label class="field"><span>${t("stranger_text")}</span><textarea name="text" rows="3" required maxlength="2000" /></label>
        <label class="tick"><input type="checkbox" name="hidden" />${t("hidden")}</label>
      <//>
    <//>
  `;
}

function Forward({ what, phone, close }) {
  const { t } = phone;
  const send = async (id) => {
    close();
    const body = { from_chat: what.view.chat_id, message_id: what.view.message_id };
    await phone.attempt(() => post(`people/${id}/forward`, body));
  };
  return html`
    <${Dialog} title=${t("forward_to")} onClose=${close} t=${t}>
      <div class="choices">
        ${store.people.map((one) => html`<button class="chip" onClick=${() => send(one.id)}>${one.name}</button>`)}
      </div>
    <//>
  `;
}

function Group({ phone, close }) {
  const { t } = phone;
  const send = async ({ title }) => {
    close();
    const members = store.people.map((one) => one.id);
    await phone.attempt(() => post(`people/${phone.person.id}/group`, { title, members }));
  };
  return html`
    <${Dialog} title=${t("new_group")} onClose=${close} t=${t}>
      <${Form} onSend=${send} label=${t("add")}>
        <${Field} label=${t("group_title")} name="title" required maxlength="64" />
      <//>
    <//>
  `;
}

export function NewPerson({ t, close }) {
  const send = async ({ name, language }) => {
    close();
    const id = Math.max(1000, ...store.people.map((one) => one.id)) + 1;
    await post("people", { id, first_name: name, language_code: language });
  };
  return html`
    <${Dialog} title=${t("add_person")} onClose=${close} t=${t}>
      <${Form} onSend=${send} label=${t("add")}>
        <${Field} label=${t("name")} name="name" required maxlength="64" />
        <label class="field"><span>${t("language_of_phone")}</span>
          <select name="language"><option value="zh-hans">简体中文</option><option value="en">English</option></select>
        </label>
      <//>
    <//>
  `;
}
