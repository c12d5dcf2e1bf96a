// Simulated time in words.

const LOCALE = { zh: "zh-CN", en: "en-GB" };

const formats = new Map();

function format(language, zone, options) {
  const key = JSON.stringify([language, zone, options]);
  if (!formats.has(key)) {
    const full = { timeZone: zone, ...options };
    formats.set(key, new Intl.DateTimeFormat(LOCALE[language], full));
  }
  return formats.get(key);
}

export function clockTime(seconds, language, zone, withSeconds = false) {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (withSeconds) options.second = "2-digit";
  return format(language, zone, options).format(new Date(seconds * 1000));
}

export function fullDate(seconds, language, zone) {
  const options = { weekday: "short", year: "numeric", month: "short", day: "numeric" };
  return format(language, zone, options).format(new Date(seconds * 1000));
}

export function dayKey(seconds, zone) {
  const options = { year: "numeric", month: "2-digit", day: "2-digit" };
  return format("en", zone, options).format(new Date(seconds * 1000));
}

export function offsetInWords(offset, t) {
  if (Math.abs(offset) < 1) return t("real_time");
  const minutes = Math.round(Math.abs(offset) / 60);
  const parts = [
    [Math.floor(minutes / 1440), t("day")],
    [Math.floor((minutes % 1440) / 60), t("hour")],
    [minutes % 60, t("minute")],
  ];
  const amount = parts
    .filter(([count]) => count)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
  return t(offset > 0 ? "ahead" : "behind", { amount: amount || `<1 ${t("minute")}` });
}
