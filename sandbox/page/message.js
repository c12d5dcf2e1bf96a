// One message: bubble, file, buttons, marks and the menu of what can be done with it.

import { html, useEffect, useRef, useState } from "./vendor/htm-preact/standalone.module.js";
import { get, post } from "./api.js";
import { Icon } from "./icons.js";
import { store, toast } from "./store.js";
import { clockTime } from "./time.js";

const ANSWER_SECONDS = 20;

export function Message({ view, phone, before }) {
  if (view.service || view.raw.group_chat_created) return html`<${Service} ...${{ view, phone }} />`;
  const own = !view.from_bot && view.from.id === phone.person.id;
  const first = !before || before.from.id !== view.from.id;
  const side = own ? "own" : "theirs";
  return html`
    <div class="line ${side} ${first ? "first" : ""}" data-message=${view.message_id}>
      <div class="stack">
        <div class="bubble ${view.photo ? "with-picture" : ""}">
          ${phone.chat.id < 0 && !own && first && html`<div class="author">${view.from.first_name}</div>`}
          <${Origin} ...${{ view, phone }} />
          <${Quote} ...${{ view, phone }} />
          <${Content} ...${{ view, phone }} />
          <${Marks} ...${{ view, phone }} />
        </div>
        <${Reactions} view=${view} />
        <${Keyboard} ...${{ view, phone }} />
      </div>
      <${Actions} ...${{ view, phone, own }} />
    </div>
  `;
}

function Service({ view, phone }) {
  const { t } = phone;
  const text = view.raw.group_chat_created
    ? t("group_made")
    : view.raw.migrate_to_chat_id
      ? t("upgraded")
      : t("pinned_note");
  return html`<div class="day"><span>${text}</span></div>`;
}

function Origin({ view, phone }) {
  const origin = view.forward_origin;
  if (!origin) return null;
  const sender = origin.sender_user;
  const name = origin.sender_user_name ?? [sender?.first_name, sender?.last_name].filter(Boolean).join(" ");
  return html`<div class="origin"><${Icon} name="forward" />${phone.t("forwarded", { name })}</div>`;
}

function Quote({ view, phone }) {
  if (!view.reply_to) return null;
  const source = view.raw.reply_to_message;
  const text = source.text ?? source.caption ?? phone.t("message");
  const jump = () => document
    .querySelector(`[data-chat="${phone.chat.id}"] [data-message="${view.reply_to}"]`)
    ?.scrollIntoView({ block: "center", behavior: "smooth" });
  return html`
    <button class="quote" onClick=${jump}>
      <b>${source.from.first_name}</b><span>${text}</span>
    </button>
  `;
}

function Content({ view, phone }) {
  return html`
    ${view.photo && html`<${Picture} ...${{ view, phone }} />`}
    ${view.document && html`<${Document} ...${{ view, phone }} />`}
    ${view.voice && html`<${Voice} ...${{ view, phone }} />`}
    ${view.location && html`<${Place} location=${view.location} />`}
    ${view.contact && html`<${Contact} contact=${view.contact} />`}
    ${view.html && html`<${Text} ...${{ view, phone }} />`}
  `;
}

function Text({ view, phone }) {
  const click = (event) => {
    const link = event.target.closest("a");
    if (!link) {
      event.target.closest(".spoiler")?.classList.toggle("shown");
      return;
    }
    if (link.dataset.command) {
      event.preventDefault();
      phone.say(link.dataset.command);
    } else if (followDeepLink(link.href, phone)) {
      event.preventDefault();
    }
  };
  return html`<div class="text" dir="auto" onClick=${click} dangerouslySetInnerHTML=${{ __html: view.html }} />`;
}

// A t.me link to our own bot opens here: its payload goes to the bot with /start.
export function followDeepLink(address, phone) {
  const url = new URL(address, location.href);
  const names = [`/${store.bot.username}`.toLowerCase()];
  if (!/^(www\.)?t(elegram)?\.me$/.test(url.hostname) || !names.includes(url.pathname.toLowerCase())) {
    return false;
  }
  const payload = url.searchParams.get("start");
  phone.say(payload ? `/start ${payload}` : "/start");
  return true;
}

function Picture({ view, phone }) {
  const { url, width, height } = view.photo;
  const label = `${phone.t("open_picture")}${view.caption ? `: ${view.caption}` : ""}`;
  return html`
    <button class="picture" aria-label=${label} onClick=${() => phone.open({ kind: "picture", url, caption: view.caption })}>
      <img src=${url} alt=${view.caption ?? phone.t("picture")} width=${width} height=${height} loading="lazy" />
    </button>
  `;
}

function Document({ view, phone }) {
  const { url, name, size } = view.document;
  return html`
    <a class="document" href=${url} download=${name ?? "file"} aria-label=${phone.t("download", { name: name ?? "" })}>
      <span class="badge"><${Icon} name="file" /></span>
      <span><b>${name ?? "file"}</b><small>${sizeInWords(size)}</small></span>
    </a>
  `;
}

function Voice({ view, phone }) {
  return html`
    <div class="document">
      <span class="badge"><${Icon} name="play" /></span>
      <audio controls preload="none" src=${view.voice.url} aria-label=${phone.t("voice", { seconds: view.voice.duration ?? 0 })} />
    </div>
  `;
}

function Place({ location: place }) {
  return html`
    <div class="document">
      <span class="badge"><${Icon} name="place" /></span>
      <span><b>${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}</b></span>
    </div>
  `;
}

function Contact({ contact }) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  return html`
    <div class="document">
      <span class="badge"><${Icon} name="person" /></span>
      <span><b>${name}</b><small>${contact.phone_number}</small></span>
    </div>
  `;
}

function sizeInWords(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function Marks({ view, phone }) {
  const { t, language, zone } = phone;
  return html`
    <div class="marks">
      ${view.pinned && html`<span title=${t("pinned")} aria-label=${t("pinned")} role="img"><${Icon} name="pin" /></span>`}
      ${view.protected && html`<span title=${t("protected")} aria-label=${t("protected")} role="img"><${Icon} name="lock" /></span>`}
      ${view.silent && html`<span title=${t("silent")} aria-label=${t("silent")} role="img"><${Icon} name="mute" /></span>`}
      ${view.edited && html`<span class="edited">${t("edited")}</span>`}
      <time datetime=${new Date(view.date * 1000).toISOString()}>${clockTime(view.date, language, zone)}</time>
    </div>
  `;
}

function Reactions({ view }) {
  if (!view.reactions.length) return null;
  return html`<div class="reactions">${view.reactions.map((emoji) => html`<span>${emoji}</span>`)}</div>`;
}

function Keyboard({ view, phone }) {
  const [busy, setBusy] = useState("");
  if (!view.inline_keyboard.length) return null;
  const press = async (button, row, column) => {
    if (button.callback_data !== undefined) {
      setBusy(`${row}/${column}`);
      await pressed(view, phone, row, column);
      setBusy("");
    } else {
      await follow(button, phone);
    }
  };
  return html`
    <div class="keyboard" role="group">
      ${view.inline_keyboard.map(
        (line, row) => html`
          <div class="row">
            ${line.map(
              (button, column) => html`
                <button
                  class="key ${busy === `${row}/${column}` ? "busy" : ""}"
                  onClick=${() => press(button, row, column)}
                >
                  <span>${button.text}</span>
                  ${button.url && html`<${Icon} name="link" />`}
                  ${button.copy_text && html`<${Icon} name="copy" />`}
                </button>
              `,
            )}
          </div>
        `,
      )}
    </div>
  `;
}

async function pressed(view, phone, row, column) {
  const path = `people/${phone.person.id}/press`;
  const body = { message_id: view.message_id, row, column, chat: phone.chat.id };
  const press = await phone.attempt(() => post(path, body));
  if (!press) return;
  const answered = await phone.attempt(() => get(`presses/${press.id}`, { wait: ANSWER_SECONDS }));
  if (answered && !answered.answer) toast(phone.chat.id, phone.t("no_answer"));
  else if (answered?.answer.url) window.open(answered.answer.url, "_blank", "noopener");
}

async function follow(button, phone) {
  if (button.url) {
    if (!followDeepLink(button.url, phone)) window.open(button.url, "_blank", "noopener");
  } else if (button.copy_text) {
    await copyText(button.copy_text.text);
    toast(phone.chat.id, `${phone.t("copied")}: ${button.copy_text.text}`);
  } else {
    const query = button.switch_inline_query_current_chat ?? button.switch_inline_query ?? "";
    phone.draft(`@${store.bot.username} ${query}`);
  }
}

async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return;
    } catch {
      // not allowed here: the old way below still works
    }
  }
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

function Actions({ view, phone, own }) {
  const [open, setOpen] = useState(false);
  const box = useRef(null);
  useEffect(() => {
    if (!open) return undefined;
    box.current.querySelector("[role=menuitem]")?.focus();
    const away = (event) => {
      if (!box.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [open]);
  const item = (label, act, disabled = false) => html`
    <button role="menuitem" disabled=${disabled} onClick=${() => { setOpen(false); act(); }}>${label}</button>
  `;
  const { t } = phone;
  const text = view.text ?? view.caption ?? "";
  return html`
    <div class="actions" ref=${box} onKeyDown=${(event) => event.key === "Escape" && setOpen(false)}>
      <button class="round small" aria-label=${t("actions")} aria-haspopup="menu" aria-expanded=${open} onClick=${() => setOpen(!open)}>
        <${Icon} name="more" />
      </button>
      ${open && html`
        <div class="popup" role="menu">
          ${item(t("reply"), () => phone.setReply(view))}
          ${own && (view.text !== null || view.caption !== null) && item(t("edit"), () => phone.setEdit(view))}
          ${text && item(t("copy"), () => copyText(text).then(() => toast(phone.chat.id, t("copied"))), view.protected)}
          ${item(t("forward"), () => phone.open({ kind: "forward", view }), view.protected)}
          ${item(t("remove"), () => phone.remove(view))}
        </div>
      `}
    </div>
  `;
}
