// What the page knows, kept fresh by server-sent events.

import { get } from "./api.js";

const TYPING_MS = 5000;
const TOAST_MS = 3500;

export const store = {
  people: [],
  groups: [],
  bot: { first_name: "Rounds", username: "", description: {} },
  language: "en",
  clock: null,
  online: true,
  ready: false,
  chats: new Map(),
  typing: new Map(),
  toasts: new Map(),
  alerts: new Map(),
};

const listeners = new Set();
let waiting = false;

export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function notify() {
  if (waiting) return;
  waiting = true;
  setTimeout(() => {
    waiting = false;
    for (const listener of listeners) listener();
  }, 0);
}

export function person(id) {
  return store.people.find((one) => one.id === id);
}

export function group(id) {
  return store.groups.find((one) => one.id === id);
}

export function chat(id) {
  if (!store.chats.has(id)) store.chats.set(id, { messages: new Map(), gone: new Set(), readUpTo: 0 });
  return store.chats.get(id);
}

export function messagesOf(id) {
  return [...chat(id).messages.values()].sort((a, b) => a.message_id - b.message_id);
}

export function unreadOf(id) {
  const { messages, readUpTo } = chat(id);
  let count = 0;
  for (const one of messages.values()) if (one.from_bot && one.message_id > readUpTo) count += 1;
  return count;
}

export function put(chatId, message) {
  const { messages, gone } = chat(chatId);
  const id = message.message_id;
  if (message.deleted) {
    gone.add(id);
    messages.delete(id);
  } else if (!(messages.get(id)?.seq > message.seq)) {
    messages.set(id, message);
  }
  notify();
}

async function loadPeople() {
  const found = await get("people");
  store.people = found.people;
  store.groups = found.groups;
  store.bot = found.bot;
  store.language = found.language;
}

async function loadChat(id) {
  const found = await get(`chats/${id}/messages`);
  const known = chat(id);
  // What the stream told meanwhile is newer than this answer.
  const newer = [...known.messages.values()].filter((one) => one.seq > found.seq);
  const all = [...found.messages, ...newer].filter((one) => !known.gone.has(one.message_id));
  known.messages = new Map(all.map((one) => [one.message_id, one]));
  known.readUpTo = found.chat.read_up_to;
}

export async function loadAll() {
  await loadPeople();
  setClock(await get("clock"));
  const ids = [...store.people, ...store.groups].map((one) => one.id);
  await Promise.all(ids.map(loadChat));
  store.ready = true;
  notify();
}

export function setClock(clock) {
  store.clock = { offset: clock.offset };
  notify();
}

export function toast(id, text) {
  const key = {};
  store.toasts.set(id, { text, key });
  notify();
  setTimeout(() => {
    if (store.toasts.get(id)?.key === key) store.toasts.delete(id);
    notify();
  }, TOAST_MS);
}

export function setAlert(id, text) {
  if (text) store.alerts.set(id, text);
  else store.alerts.delete(id);
  notify();
}

function showTyping(id, action) {
  const key = {};
  store.typing.set(id, { action, key });
  setTimeout(() => {
    if (store.typing.get(id)?.key === key) store.typing.delete(id);
    notify();
  }, TYPING_MS);
}

const HANDLERS = {
  message({ chat: id, message }) {
    if (message.from_bot) store.typing.delete(id);
    put(id, message);
  },
  async people() {
    await loadPeople();
  },
  async profile() {
    await loadPeople();
  },
  async chat({ chat: id, read_up_to: readUpTo }) {
    chat(id).readUpTo = Math.max(chat(id).readUpTo, readUpTo);
    if (id < 0) await loadPeople();
  },
  async reset() {
    store.chats.clear();
    await loadAll();
  },
  clock(event) {
    setClock(event);
  },
  action({ chat: id, action }) {
    showTyping(id, action);
  },
  answer({ chat: id, answer }) {
    if (!answer.text) return;
    if (answer.show_alert) setAlert(id, answer.text);
    else toast(id, answer.text);
  },
};

export function connect() {
  const stream = new EventSource("/sandbox/events");
  stream.addEventListener("hello", async () => {
    store.online = true;
    await loadAll();
  });
  stream.addEventListener("message", async (event) => {
    const facts = JSON.parse(event.data);
    await HANDLERS[facts.type]?.(facts);
    notify();
  });
  stream.addEventListener("error", () => {
    store.online = false;
    notify();
  });
}
