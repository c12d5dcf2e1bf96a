// Where people type: commands menu, attachments, replies, edits, the bot's keyboard.

import { html, useEffect, useRef, useState } from "./vendor/htm-preact/standalone.module.js";
import { post } from "./api.js";
import { Icon } from "./icons.js";
import { messagesOf, store } from "./store.js";

export function Composer({ phone, state }) {
  const field = useRef(null);
  const [chosen, setChosen] = useState(0);
  const { text, setText, reply, editing } = state;
  const offered = matching(phone.person.commands, text);
  useEffect(() => growWith(field.current), [text]);
  useEffect(() => {
    if (reply || editing) field.current.focus();
  }, [reply, editing]);
  const send = () => {
    if (text.trim()) phone.submit(text);
    setChosen(0);
    field.current.focus();
  };
  const pick = (command) => {
    setText("");
    phone.say(`/${command.command}`);
  };
  const keys = (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (offered.length && text !== `/${offered[chosen]?.command}` && text.length > 0 && !text.includes(" ")) {
        pick(offered[Math.min(chosen, offered.length - 1)]);
      } else send();
    } else if (event.key === "Escape") {
      phone.setReply(null);
      phone.setEdit(null);
    } else if (offered.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setChosen((chosen + step + offered.length) % offered.length);
    }
  };
  const { t } = phone;
  const label = t("write_to", { name: phone.person.name, bot: phone.title });
  return html`
    <footer class="composer">
      <${InlineResults} ...${{ phone, text, setText }} />
      ${offered.length > 0 && html`<${Commands} ...${{ offered, chosen, pick, t }} />`}
      ${(reply || editing) && html`<${Context} ...${{ phone, reply, editing }} />`}
      <div class="bar">
        <button class="round" aria-label=${t("menu")} onClick=${() => { setText(text.startsWith("/") ? "" : "/"); field.current.focus(); }}>
          <${Icon} name="menu" />
        </button>
        <${Attach} phone=${phone} />
        <textarea
          ref=${field}
          rows="1"
          aria-label=${label}
          placeholder=${t("write")}
          value=${text}
          onInput=${(event) => { setText(event.target.value); setChosen(0); }}
          onKeyDown=${keys}
        />
        <button class="round send" aria-label=${t(editing ? "save" : "send")} disabled=${!text.trim()} onClick=${send}>
          <${Icon} name=${editing ? "check" : "send"} />
        </button>
      </div>
      <${ReplyKeyboard} phone=${phone} />
    </footer>
  `;
}

// Browsers that know `field-sizing` grow the field by themselves.
function growWith(field) {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

function matching(commands, text) {
  if (!text.startsWith("/") || text.includes(" ") || text.includes("\n")) return [];
  const typed = text.slice(1).toLowerCase();
  return commands.filter((one) => one.command.startsWith(typed));
}

function Commands({ offered, chosen, pick, t }) {
  return html`
    <ul class="commands" role="listbox" aria-label=${t("commands_of")}>
      ${offered.map(
        (one, index) => html`
          <li>
            <button role="option" aria-selected=${index === chosen} class=${index === chosen ? "chosen" : ""} onClick=${() => pick(one)}>
              <b>/${one.command}</b><span>${one.description}</span>
            </button>
          </li>
        `,
      )}
    </ul>
  `;
}

function Context({ phone, reply, editing }) {
  const view = editing ?? reply;
  const cancel = () => {
    phone.setReply(null);
    phone.setEdit(null);
  };
  return html`
    <div class="context">
      <span><b>${phone.t(editing ? "editing" : "replying")}</b> ${view.text ?? view.caption ?? phone.t("message")}</span>
      <button class="round small" aria-label=${phone.t("cancel")} onClick=${cancel}><${Icon} name="close" /></button>
    </div>
  `;
}

function Attach({ phone }) {
  const [open, setOpen] = useState(false);
  const box = useRef(null);
  const picture = useRef(null);
  const file = useRef(null);
  useEffect(() => {
    const away = (event) => {
      if (!box.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, []);
  const { t } = phone;
  const take = (kind) => async (event) => {
    const files = [...event.target.files];
    event.target.value = "";
    if (files.length) await phone.sendFiles(kind, files);
  };
  const item = (icon, label, act) => html`
    <button role="menuitem" onClick=${() => { setOpen(false); act(); }}><${Icon} name=${icon} />${label}</button>
  `;
  return html`
    <div class="attach" ref=${box} onKeyDown=${(event) => event.key === "Escape" && setOpen(false)}>
      <button class="round" aria-label=${t("attach")} aria-haspopup="menu" aria-expanded=${open} onClick=${() => setOpen(!open)}>
        <${Icon} name="attach" />
      </button>
      <input ref=${picture} type="file" accept="image/*" multiple hidden aria-label=${t("photo")} onChange=${take("photo")} />
      <input ref=${file} type="file" multiple hidden aria-label=${t("file")} onChange=${take("document")} />
      ${open && html`
        <div class="popup up" role="menu">
          ${item("picture", t("photo"), () => picture.current.click())}
          ${item("file", t("file"), () => file.current.click())}
          ${item("place", t("location"), () => phone.open({ kind: "location" }))}
          ${item("person", t("contact"), () => phone.open({ kind: "contact" }))}
          ${item("forward", t("stranger"), () => phone.open({ kind: "stranger" }))}
        </div>
      `}
    </div>
  `;
}

// The bot's keyboard in place of the phone's: the newest message decides, also by removing it.
function ReplyKeyboard({ phone }) {
  const [used, setUsed] = useState(0);
  const deciding = messagesOf(phone.chat.id).findLast((one) => one.from_bot && one.reply_markup);
  const markup = deciding?.reply_markup;
  if (!markup?.keyboard || (markup.one_time_keyboard && used === deciding.message_id)) return null;
  const tap = (key) => {
    setUsed(deciding.message_id);
    if (key.request_contact) phone.share("contact", {});
    else if (key.request_location) phone.open({ kind: "location" });
    else phone.say(key.text);
  };
  return html`
    <div class="keys" role="group" aria-label=${phone.t("keyboard")}>
      ${markup.keyboard.map(
        (row) => html`<div class="row">${row.map((key) => html`<button class="key" onClick=${() => tap(key)}>${key.text}</button>`)}</div>`,
      )}
    </div>
  `;
}

// “@bot something” asks the bot for inline results, as in any chat.
function InlineResults({ phone, text, setText }) {
  const [found, setFound] = useState(null);
  const prefix = `@${store.bot.username} `;
  const active = text.startsWith(prefix);
  const query = active ? text.slice(prefix.length) : "";
  useEffect(() => {
    setFound(null);
    if (!active) return undefined;
    const later = setTimeout(async () => {
      const body = { query, wait: 5 };
      setFound(await phone.attempt(() => post(`people/${phone.person.id}/inline`, body)));
    }, 300);
    return () => clearTimeout(later);
  }, [active, query]);
  if (!active) return null;
  const results = found?.answer?.results ?? [];
  const choose = async (result) => {
    setText("");
    const body = { query_id: found.id, result: result.id };
    await phone.attempt(() => post(`people/${phone.person.id}/inline/choose`, body));
  };
  return html`
    <ul class="commands" role="listbox" aria-label=${phone.t("results")}>
      ${!found && html`<li class="hint">${phone.t("waiting")}</li>`}
      ${results.map(
        (one) => html`<li><button role="option" onClick=${() => choose(one)}><b>${one.title}</b><span>${one.description ?? ""}</span></button></li>`,
      )}
    </ul>
  `;
}
