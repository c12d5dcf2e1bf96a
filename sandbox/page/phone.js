// One person's phone: header, messages, composer, toasts and dialogs.

import { html, useEffect, useLayoutEffect, useRef, useState } from "./vendor/htm-preact/standalone.module.js";
import { post, upload } from "./api.js";
import { Composer } from "./composer.js";
import { Alert, PhoneDialog } from "./dialogs.js";
import { Icon } from "./icons.js";
import { Message } from "./message.js";
import { chat as chatOf, group, messagesOf, notify, setAlert, store, toast, unreadOf } from "./store.js";
import { dayKey, fullDate } from "./time.js";

const MEGABYTE = 1024 * 1024;
const AVATARS = 6;

export function Phone({ person, page }) {
  const [chatId, setChatId] = useState(person.id);
  const [text, setText] = useState("");
  const [reply, setReply] = useState(null);
  const [editing, setEditing] = useState(null);
  const [dialog, setDialog] = useState(null);
  const where = group(chatId) ?? { id: person.id };
  const setEdit = (view) => {
    setEditing(view);
    setReply(null);
    setText(view ? (view.text ?? view.caption ?? "") : "");
  };
  const phone = {
    ...page,
    person,
    chat: where,
    title: where.title ?? store.bot.first_name,
    setReply,
    setEdit,
    draft: setText,
    open: (what) => (what?.kind === "picture" ? page.view(what) : setDialog(what)),
    ...acts(person, where, page.t),
  };
  phone.submit = (typed) => submit(phone, typed, { reply, editing, setText, setReply, setEditing });
  const read = () => markRead(where.id);
  const box = useRef(null);
  const newest = messagesOf(where.id).at(-1)?.message_id;
  useEffect(() => {
    if (box.current.contains(document.activeElement)) read();
  }, [newest]);
  return html`
    <section class="phone" ref=${box} aria-label=${page.t("chat_of", { name: person.name })} data-chat=${where.id} onPointerDown=${read} onFocusIn=${read}>
      <${Owner} ...${{ phone, chatId, setChatId }} />
      <${Partner} phone=${phone} />
      <${List} phone=${phone} />
      <${Toasts} phone=${phone} />
      ${person.blocked || person.deactivated
        ? html`<${Barrier} phone=${phone} />`
        : html`<${Composer} phone=${phone} state=${{ text, setText, reply, editing }} />`}
      ${dialog && html`<${PhoneDialog} what=${dialog} phone=${phone} />`}
    </section>
  `;
}

function acts(person, where, t) {
  const path = `people/${person.id}`;
  const attempt = async (act) => {
    try {
      return await act();
    } catch (error) {
      toast(where.id, error.message);
      return null;
    }
  };
  const to = where.id === person.id ? {} : { chat: where.id };
  return {
    attempt,
    say: (text, facts = {}) => attempt(() => post(`${path}/say`, { text, ...to, ...facts })),
    share: (what, facts) => attempt(() => post(`${path}/${what}`, { ...to, ...facts })),
    remove: (view) => attempt(() => post(`${path}/delete`, { message_id: view.message_id, ...to })),
    sendFiles: (kind, files) => {
      const most = kind === "photo" ? 10 : 50;
      if (files.some((one) => one.size > most * MEGABYTE)) return toast(where.id, t("too_big"));
      return attempt(() => upload(person.id, kind, files, to));
    },
  };
}

async function submit(phone, typed, { reply, editing, setText, setReply, setEditing }) {
  setText("");
  setReply(null);
  setEditing(null);
  const path = `people/${phone.person.id}/edit`;
  if (editing) {
    const to = phone.chat.id < 0 ? { chat: phone.chat.id } : {};
    await phone.attempt(() => post(path, { message_id: editing.message_id, text: typed, ...to }));
  } else {
    const sent = await phone.say(typed, reply ? { reply_to: reply.message_id } : {});
    if (!sent) setText(typed);
  }
}

async function markRead(id) {
  const newest = messagesOf(id).at(-1)?.message_id ?? 0;
  const known = chatOf(id);
  if (newest <= known.readUpTo) return;
  known.readUpTo = newest;
  notify();
  await post(`chats/${id}/read`, { message_id: newest });
}

export function Avatar({ name, id }) {
  return html`<span class="avatar tone-${Math.abs(id) % AVATARS}" aria-hidden="true">${[...name][0]}</span>`;
}

function Owner({ phone, chatId, setChatId }) {
  const { person, t, language } = phone;
  const groups = person.groups.map(group).filter((one) => one && !one.migrated_to);
  return html`
    <header class="owner">
      <${Avatar} name=${person.name} id=${person.id} />
      <div class="who"><b>${person.name}</b><small>${person.caption?.[language] ?? ""}</small></div>
      ${groups.length > 0 && html`
        <select aria-label=${t("chats", { name: person.name })} value=${chatId} onChange=${(event) => setChatId(Number(event.target.value))}>
          <option value=${person.id}>${store.bot.first_name}</option>
          ${groups.map((one) => html`<option value=${one.id}>${one.title}</option>`)}
        </select>
      `}
      <${PhoneMenu} phone=${phone} />
    </header>
  `;
}

function PhoneMenu({ phone }) {
  const [open, setOpen] = useState(false);
  const box = useRef(null);
  useEffect(() => {
    const away = (event) => !box.current?.contains(event.target) && setOpen(false);
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, []);
  const { t, person, share } = phone;
  const item = (label, act) => html`<button role="menuitem" onClick=${() => { setOpen(false); act(); }}>${label}</button>`;
  return html`
    <div class="menu" ref=${box} onKeyDown=${(event) => event.key === "Escape" && setOpen(false)}>
      <button class="round small" aria-label=${t("chat_menu", { name: person.name })} aria-haspopup="menu" aria-expanded=${open} onClick=${() => setOpen(!open)}>
        <${Icon} name="more" />
      </button>
      ${open && html`
        <div class="popup" role="menu">
          ${item(t(person.blocked ? "unblock" : "block"), () => share("block", { blocked: !person.blocked }))}
          ${item(t("clear"), () => share("clear", {}))}
          ${item(t("new_group"), () => phone.open({ kind: "group" }))}
          ${item(t(person.deactivated ? "reactivate" : "deactivate"), () => share("deactivate", { deactivated: !person.deactivated }))}
        </div>
      `}
    </div>
  `;
}

function Partner({ phone }) {
  const { t, chat } = phone;
  const typing = store.typing.get(chat.id);
  const unread = unreadOf(chat.id);
  const quiet = chat.id < 0 ? t("group", { count: chat.members.length }) : t("bot");
  const busy = typing && t(typing.action.startsWith("upload") ? "sending" : "typing");
  return html`
    <div class="partner">
      <span class="avatar bot" aria-hidden="true">${[...phone.title][0]}</span>
      <div class="who"><b>${phone.title}</b><small class=${busy ? "busy" : ""} aria-live="polite">${busy || quiet}</small></div>
      ${unread > 0 && html`<span class="unread" aria-label=${t("unread", { count: unread })}>${unread}</span>`}
    </div>
  `;
}

function List({ phone }) {
  const box = useRef(null);
  const atEnd = useRef(true);
  const lastTop = useRef(0);
  const views = messagesOf(phone.chat.id);
  const newest = views.at(-1);
  const mark = chatOf(phone.chat.id).readUpTo;
  const firstUnread = views.find((one) => one.from_bot && one.message_id > mark)?.message_id;
  const toEnd = () => {
    if (atEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  useLayoutEffect(toEnd, [views.length, newest?.seq, phone.chat.id]);
  useEffect(() => {
    const watcher = new ResizeObserver(toEnd);
    watcher.observe(box.current);
    watcher.observe(box.current.firstElementChild);
    return () => watcher.disconnect();
  }, []);
  // Only scrolling up leaves the end: new messages may come between a scroll and its event.
  const scrolled = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current;
    if (scrollHeight - scrollTop - clientHeight < 60) atEnd.current = true;
    else if (scrollTop < lastTop.current) atEnd.current = false;
    lastTop.current = scrollTop;
  };
  return html`
    <div class="list" ref=${box} onScroll=${scrolled} role="log" aria-live="polite" aria-label=${phone.t("chat_of", { name: phone.person.name })} tabindex="0">
      <div class="inner">
        ${views.length === 0 && html`<${Empty} phone=${phone} />`}
        ${views.map((view, index) => html`
          ${newDay(views[index - 1], view, phone) && html`<div class="day" key="day-${view.message_id}"><span>${fullDate(view.date, phone.language, phone.zone)}</span></div>`}
          ${view.message_id === firstUnread && html`<div class="new" key="new"><span>${phone.t("new_messages")}</span></div>`}
          <${Message} key=${view.message_id} view=${view} before=${views[index - 1]} phone=${phone} />
        `)}
      </div>
    </div>
  `;
}

function newDay(before, view, { zone }) {
  return !before || dayKey(before.date, zone) !== dayKey(view.date, zone);
}

function Empty({ phone }) {
  const { person, t } = phone;
  const texts = store.bot.description ?? {};
  const code = (person.language_code ?? "").slice(0, 2);
  const start = () => phone.say(person.start ? `/start ${person.start}` : "/start");
  return html`
    <div class="empty">
      <span class="avatar bot large" aria-hidden="true">${[...phone.title][0]}</span>
      <p>${texts[code] ?? texts[""] ?? t("empty")}</p>
      ${phone.chat.id > 0 && html`<button class="primary" onClick=${start}>${t("start")}</button>`}
    </div>
  `;
}

function Toasts({ phone }) {
  const shown = store.toasts.get(phone.chat.id);
  const alert = store.alerts.get(phone.chat.id);
  const close = () => setAlert(phone.chat.id, null);
  return html`
    <div class="toasts" role="status" aria-live="polite">${shown && html`<div class="toast">${shown.text}</div>`}</div>
    ${alert && html`<${Alert} text=${alert} onClose=${close} />`}
  `;
}

function Barrier({ phone }) {
  const { person, t, share } = phone;
  const [text, label, act] = person.deactivated
    ? [t("deactivated"), t("reactivate"), () => share("deactivate", { deactivated: false })]
    : [t("blocked"), t("unblock"), () => share("block", { blocked: false })];
  return html`<footer class="barrier"><span>${text}</span><button class="primary" onClick=${act}>${label}</button></footer>`;
}
