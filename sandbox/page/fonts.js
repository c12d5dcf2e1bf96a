// Texts that were shaped before a web font arrived keep their empty boxes in some browsers, so
// on a machine without Chinese fonts the page waits for its own one before it draws anything.

const FACE = '16px "Sandbox Han"';
const PATIENCE_MS = 8000;

function drawn(letter) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 24;
  const pen = canvas.getContext("2d");
  pen.font = "18px system-ui, sans-serif";
  pen.fillText(letter, 2, 19);
  return canvas.toDataURL();
}

// Without a font, every Chinese character is drawn as the same box.
export const hasHan = () => drawn("\u884c") !== drawn("\u5ba2");

export async function fontsReady() {
  if (hasHan()) return;
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS));
  await Promise.race([document.fonts.load(FACE, "\u884c\u5ba2"), late]);
}
