// Requests to the people's side of the sandbox.

async function read(answer) {
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error ?? answer.statusText);
  return body;
}

export async function get(path, query = {}) {
  const search = new URLSearchParams(query).toString();
  return read(await fetch(`/sandbox/${path}${search ? `?${search}` : ""}`));
}

export async function post(path, body = {}) {
  const headers = { "Content-Type": "application/json" };
  return read(
    await fetch(`/sandbox/${path}`, { method: "POST", headers, body: JSON.stringify(body) }),
  );
}

export async function upload(person, kind, files, facts = {}) {
  const form = new FormData();
  form.set("kind", kind);
  for (const [name, value] of Object.entries(facts)) {
    if (value !== undefined && value !== null && value !== "") form.set(name, value);
  }
  for (const file of files) form.append("file", file, file.name);
  return read(await fetch(`/sandbox/people/${person}/files`, { method: "POST", body: form }));
}
