// Texts that were shaped before a web font arrived keep their empty boxes in some browsers, so on
// a machine without Chinese or emoji fonts the page waits for its own before it draws anything.

const PATIENCE_MS = 8000;
const FACES = [
  ["Sandbox Han", "\u884c\u5ba2"],
  ["Sandbox Emoji", "\u2705\u23f0"],
  ["Sandbox Symbols", "\u2705\u2716"],
  ["Sandbox Objects", "\u23f0\u270f"],
];

function drawn(letter) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 24;
  const pen = canvas.getContext("2d");
  pen.font = "18px system-ui, sans-serif";
  pen.fillText(letter, 2, 19);
  return canvas.toDataURL();
}

// Characters that no font has are drawn as one and the same box.
const BOX = "\u{10FFFF}";
const missing = ([, letters]) => [...letters].some((letter) => drawn(letter) === drawn(BOX));

export async function fontsReady() {
  const loads = FACES.filter(missing).map(([name, letters]) =>
    document.fonts.load(`16px "${name}"`, letters),
  );
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS));
  if (loads.length) await Promise.race([Promise.all(loads), late]);
}
