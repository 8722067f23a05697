// What happens between a patient's fingers and the server: the page saves itself, keeps what was typed when the
// connection is lost, notices that nobody is there, and is left without a trace. Each form works without it.

const ANSWER_WITHIN = 15_000;
const RETRIES_AFTER = 10;
const underWay = new Set();

let contactAt = Date.now();
let leaving = false;

// ---- Asking the server --------------------------------------------------------------------------------------------

// What came of it: the status (0: no answer), and what was told, where it is not a page.
async function send(address, fields) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), ANSWER_WITHIN);
  underWay.add(control);
  try {
    const headers = { "X-Foreroom-Fetch": "1" };
    const response = await fetch(address, { method: "POST", body: fields, headers, signal: control.signal });
    const json = response.headers.get("Content-Type")?.startsWith("application/json");
    const told = json ? await response.json() : {};
    if (response.ok && !told.go) contactAt = Date.now();
    return { status: response.status, told };
  } catch {
    return { status: 0, told: {} };
  } finally {
    clearTimeout(timer);
    underWay.delete(control);
  }
}

// As the browser itself would send them.
function fieldsOf(form, button) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) fields.append(name, value.replace(/\r?\n/g, "\r\n"));
  if (button?.name) fields.append(button.name, button.value);
  return fields;
}

const lost = (status) => status === 0 || status >= 500;

// Nothing more is sent or taken: the answer to what is under way would bring the cookie back.
function letGo() {
  leaving = true;
  for (const control of underWay) control.abort();
}

// ---- The page saves itself ----------------------------------------------------------------------------------------

const status = document.querySelector("[data-keeping]");
const form = status?.closest("form");
let unsaved = false;
let savingNow = false;
let stopped = !status?.dataset.draft;
let timer;
let saving = Promise.resolve();

function touched(event) {
  if (event.target.form !== form) return;
  unsaved = true;
  soon(Number(status.dataset.after));
}

function soon(wait) {
  clearTimeout(timer);
  if (!stopped) timer = setTimeout(saveQuietly, wait);
}

function saveQuietly() {
  clearTimeout(timer);
  saving = saving.then(async () => {
    if (!unsaved || stopped || leaving || form.ariaBusy === "true") return;
    unsaved = false;
    savingNow = true;
    const { status: code, told } = await send(status.dataset.draft, fieldsOf(form));
    savingNow = false;
    if (leaving) return;
    if ("version" in told) {
      form.elements.version.value = told.version;
      status.textContent = (told.whole ? status.dataset.saved : status.dataset.partly).replace("{time}", told.saved_at);
      return;
    }
    unsaved = true;
    if (lost(code)) {
      status.textContent = status.dataset.notYet;
      soon(Number(status.dataset.after) * RETRIES_AFTER);
    } else if (told.conflict) {
      // Another window: Continue shows both.
      stopped = true;
      status.textContent = status.dataset.elsewhere;
    } else {
      // The form is closed here, or another is open. It stays to be read, and each touch tries again.
      status.textContent = told.closed === "other" ? status.dataset.other : status.dataset.closed;
    }
  });
  return saving;
}

// ---- Continue lets go of the page only once it is taken -----------------------------------------------------------

let passing = false;

async function sendPage(event) {
  if (passing || leaving) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  const button = event.submitter;
  clearTimeout(timer);
  // It knows the newer version.
  await saving;
  const address = button?.hasAttribute("formaction") ? button.formAction : form.action;
  const { status: code, told } = await send(address, fieldsOf(form, button));
  if (leaving) return;
  if (lost(code)) {
    notSaved();
  } else if (told.go) {
    goTo(new URL(told.go, location.href));
  } else {
    // It comes back to be mended. Sent once more it changes nothing, and the browser draws the page.
    passing = true;
    form.requestSubmit(button);
  }
}

function goTo(address) {
  leaving = true;
  if (address.hash && address.pathname === location.pathname) {
    history.replaceState(null, "", address);
    location.reload();
  } else {
    location.assign(address);
  }
}

// A link of the page leads on once what was typed is saved. Where it cannot be, that is said, and the next click goes.
let warned = false;

async function leaveByLink(event) {
  const link = event.target.closest("a[href]");
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !plain || event.defaultPrevented || link.target || link.hasAttribute("download")) return;
  const address = new URL(link.href);
  const elsewhere = address.origin === location.origin && address.pathname !== location.pathname;
  if (!elsewhere || !(unsaved || savingNow) || stopped || leaving) return;
  event.preventDefault();
  await saveQuietly();
  if (leaving) return;
  if (!unsaved || warned) {
    goTo(address);
    return;
  }
  warned = true;
  notSaved();
}

function notSaved() {
  form.ariaBusy = null;
  unsaved = true;
  document.querySelector(".nhsuk-error-summary")?.remove();
  const box = document.createElement("div");
  box.className = "nhsuk-error-summary";
  box.role = "alert";
  box.tabIndex = -1;
  box.append(form.querySelector("[data-not-saved]").content.cloneNode(true));
  document.querySelector("main > div").prepend(box);
  box.focus();
  soon(Number(status.dataset.after) * RETRIES_AFTER);
}

if (form) {
  // Else "Back" would bring an old version to a page that is new.
  form.elements.version?.setAttribute("autocomplete", "off");
  // The guard here knows when the answer has come; the kit's would swallow whoever tries again within a second.
  for (const button of form.querySelectorAll("[data-prevent-double-click]")) delete button.dataset.preventDoubleClick;
  document.addEventListener("input", touched);
  document.addEventListener("change", touched);
  form.addEventListener("submit", sendPage);
  document.addEventListener("click", leaveByLink);
}

// ---- Is anybody there? --------------------------------------------------------------------------------------------

const idle = document.querySelector("[data-idle]");
const handBack = document.querySelector("[data-hand-back]");
let focusBefore = null;
let over = false;

async function look() {
  if (over || leaving) return;
  const away = (Date.now() - contactAt) / 1000;
  if (away >= Number(idle.dataset.end)) await close();
  else if (away >= Number(idle.dataset.notice)) await ask();
  else if (!idle.hidden) idle.hidden = true;
}

async function ask() {
  if (!idle.hidden) return;
  const since = contactAt;
  await saveQuietly();
  // Saving is not being there: the time runs on.
  contactAt = since;
  if (unsaved) say("[data-unsaved]");
  focusBefore = document.activeElement;
  idle.hidden = false;
  idle.querySelector("button").focus();
}

function say(words) {
  idle.querySelector("#idle-text").textContent = idle.querySelector(words).content.textContent;
}

async function stay(event) {
  event.preventDefault();
  const { status: code, told } = await send(event.target.action, fieldsOf(event.target));
  if (told.stay) {
    idle.hidden = true;
    focusBefore?.focus();
  } else if (lost(code)) {
    say("[data-unreached]");
  } else {
    await close();
  }
}

async function close() {
  over = true;
  await saveQuietly();
  if (handBack) {
    await giveBack("idle");
    return;
  }
  stopped = true;
  const words = idle.querySelector(unsaved ? "[data-over-unsaved]" : "[data-over]").content;
  idle.classList.add("fr-idle--over");
  if (unsaved) idle.replaceChildren(words);
  else document.querySelector("main > div").replaceChildren(words);
  idle.hidden = !unsaved;
  document.querySelector("#over").focus();
}

if (idle) {
  idle.querySelector("form").addEventListener("submit", stay);
  setInterval(look, Math.min(1000, Number(idle.dataset.notice) * 100));
  document.addEventListener("visibilitychange", look);
}

// ---- Handing a tablet back ----------------------------------------------------------------------------------------

async function giveBack(because) {
  const fields = fieldsOf(handBack);
  fields.append("because", because);
  const address = handBack.action;
  letGo();
  // The page is empty before the server is asked: it may not answer.
  document.body.replaceChildren(handBack.querySelector("template").content);
  document.querySelector("h1").focus();
  const { told } = await send(address, fields);
  if (told.go) location.replace(told.go);
}

handBack?.addEventListener("submit", async (event) => {
  event.preventDefault();
  await saveQuietly();
  await giveBack("pressed");
});

// ---- Leaving quickly ----------------------------------------------------------------------------------------------

const leave = document.querySelector("[data-leave]");
const ESCAPES = 3;
const ESCAPES_WITHIN = 2000;
let escapes = [];

// Nothing is saved first: it would take time, and its answer would bring the cookie back.
function vanish() {
  letGo();
  document.title = " ";
  document.documentElement.hidden = true;
}

function escaped(event) {
  if (event.key !== "Escape") return;
  escapes = [...escapes.filter((at) => event.timeStamp - at < ESCAPES_WITHIN), event.timeStamp];
  if (escapes.length >= ESCAPES) leave.requestSubmit();
}

if (leave) {
  leave.querySelector(".fr-leave__keys").hidden = false;
  leave.addEventListener("submit", vanish);
  document.addEventListener("keydown", escaped);
}

// A page that the browser kept whole is drawn anew after "Back": it may be somebody else's turn.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
