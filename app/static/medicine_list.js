// Lists of medicines and of allergies: names are offered while one is typed, further entries open at once, and a pasted
// list of medicines is split.
// The names come with the page, as one file: nothing typed is sent anywhere to find them. Any name may be typed; what
// is offered is never forced on anybody. The page works without this script.

const MOST_OFFERED = 7;
const LEAST_LETTERS = 2;
const MARKS = /[\u0300-\u036f]/g;

const words = document.querySelector("[data-suggest]");
const group = document.querySelector("[data-suggests]").closest(".fr-entry").parentElement.closest("[data-question]");
const form = group.closest("form");
const ofMedicines = group.dataset.question === "medicines";

function folded(text) {
  return text.normalize("NFD").replace(MARKS, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
}

// ---- The names: a table of one line a medicine and form, the commonest first ---------------------------------------

const FORMS = JSON.parse(words.dataset.forms);
const OWN = { US: "us", UK: "uk" }[words.dataset.country];
const PLACES = ["us", "uk", "es"];
const GENERIC = words.dataset.language === "es" ? "es" : OWN;

function namesIn(table) {
  const [head, ...lines] = table.trim().split(/\r?\n/).map((line) => line.split(","));
  const found = new Map();
  for (const cells of lines) {
    const row = Object.fromEntries(head.map((column, at) => [column, cells[at]]));
    const generic = row[GENERIC] || row.us;
    const form = row.form && FORMS[row.form] ? ` ${FORMS[row.form]}` : "";
    const add = (name, behind) => {
      const text = (name === generic ? name : `${name} (${generic})`) + form;
      if ((found.get(text)?.behind ?? Infinity) > behind) {
        found.set(text, { text, name: folded(name), generic: folded(generic), behind });
      }
    };
    add(generic, 0);
    for (const place of PLACES) {
      const own = place === OWN || place === GENERIC;
      for (const brand of row[`${place}_brands`].split(";").filter(Boolean)) add(brand, own ? 0 : 3);
      if (row[place]) add(row[place], own ? 0 : 6);
    }
  }
  return [...found.values()];
}

let names = [];

async function fetchNames() {
  const answer = await fetch(words.dataset.suggest);
  if (answer.ok) names = namesIn(await answer.text());
}

// Names that begin so, then those with such a word in them, then the brands of such a medicine; those of the form's own
// country before others.
function offersFor(wanted) {
  if (wanted.length < LEAST_LETTERS) return [];
  const has = (text) => ` ${text}`.includes(` ${wanted}`);
  const rank = ({ name, generic }) => (name.startsWith(wanted) ? 0 : has(name) ? 1 : has(generic) ? 2 : NaN);
  return names
    .map((each) => ({ ...each, rank: rank(each) + each.behind }))
    .filter((each) => each.rank >= 0)
    .sort((one, other) => one.rank - other.rank)
    .slice(0, MOST_OFFERED);
}

// ---- The box and its list, as the ARIA pattern of a combobox has them -----------------------------------------------

let open = null;

function listOf(box) {
  return document.getElementById(`${box.id}-names`);
}

function setUp(box) {
  const list = document.createElement("ul");
  list.id = `${box.id}-names`;
  list.className = "fr-offers";
  list.role = "listbox";
  list.ariaLabel = words.dataset.label;
  list.hidden = true;
  box.after(list);
  box.role = "combobox";
  box.autocomplete = "off";
  box.ariaAutoComplete = "list";
  box.ariaExpanded = "false";
  box.setAttribute("aria-controls", list.id);
}

function say(text) {
  words.textContent = text;
}

function offer(box) {
  const wanted = folded(box.value);
  const offers = offersFor(wanted);
  // What stands there already needs no offer.
  if (!offers.length || (offers.length === 1 && offers[0].text === box.value)) {
    close();
    say(!offers.length && wanted.length >= LEAST_LETTERS ? words.dataset.none : "");
    return;
  }
  const options = offers.map(({ text }, at) => {
    const option = document.createElement("li");
    option.id = `${box.id}-name-${at + 1}`;
    option.role = "option";
    option.ariaSelected = "false";
    option.textContent = text;
    return option;
  });
  listOf(box).replaceChildren(...options);
  if (open !== box) close();
  open = box;
  listOf(box).hidden = false;
  box.ariaExpanded = "true";
  // Half a word is nobody's answer, so Enter may take the first name that goes on from it. "Insulin" is a whole word.
  const [{ name }] = offers;
  mark(box, name === wanted || (name.startsWith(wanted) && /[a-z0-9]/.test(name[wanted.length])) ? options[0] : null);
  intoView(box);
  say(offers.length === 1 ? words.dataset.one : words.dataset.many.replace("{count}", offers.length));
}

// The keys of a phone cover half of the page.
function intoView(box) {
  const { height } = window.visualViewport ?? { height: window.innerHeight };
  if (listOf(box).getBoundingClientRect().bottom > height) box.closest(".nhsuk-form-group").scrollIntoView();
}

function mark(box, marked) {
  for (const option of listOf(box).children) option.ariaSelected = String(option === marked);
  if (marked) box.setAttribute("aria-activedescendant", marked.id);
  else box.removeAttribute("aria-activedescendant");
}

function close() {
  if (!open) return;
  listOf(open).hidden = true;
  listOf(open).replaceChildren();
  open.ariaExpanded = "false";
  open.removeAttribute("aria-activedescendant");
  open = null;
}

function active(box) {
  return document.getElementById(box.getAttribute("aria-activedescendant"));
}

function move(box, by) {
  const options = [...listOf(box).children];
  // Beyond either end is the box itself, with what was typed.
  const at = options.indexOf(active(box)) + 1;
  const next = (at + by + options.length + 1) % (options.length + 1);
  mark(box, options[next - 1]);
  options[next - 1]?.scrollIntoView({ block: "nearest" });
}

function take(box, option) {
  box.value = option.textContent;
  close();
  say(words.dataset.taken.replace("{name}", box.value));
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.dispatchEvent(new Event("change", { bubbles: true }));
  goOn(box);
}

function keyInBox(event) {
  const box = event.target;
  const option = open === box ? active(box) : null;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (event.altKey && event.key === "ArrowUp") close();
    else if (open !== box) offer(box);
    if (open === box && !event.altKey) move(box, event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
  } else if (event.key === "Escape" && open === box) {
    close();
    event.preventDefault();
    event.stopPropagation();
  } else if (option && event.key === "Enter") {
    take(box, option);
    event.preventDefault();
  } else if (event.key === "Enter") {
    enter(event);
  }
}

// ---- Entries ---------------------------------------------------------------------------------------------------------

const ENTRY = ".fr-entry";

function boxOf(entry) {
  return entry.querySelector("[data-suggests]");
}

function questionsLeft(entry) {
  return [...entry.querySelectorAll("fieldset")].filter((one) => !one.querySelector(":checked"));
}

// Enter leads to what is still to be answered of this medicine, then to the next one. In an empty box it is Continue.
function enter(event) {
  if (!boxOf(event.target.closest(ENTRY)).value.trim()) return;
  event.preventDefault();
  if (event.target.type === "radio" && !event.target.checked) event.target.click();
  close();
  goOn(event.target);
}

function goOn(from) {
  const entry = from.closest(ENTRY);
  const left = questionsLeft(entry)[0];
  if (left) {
    left.querySelector("input").focus();
    return;
  }
  const entries = [...group.querySelectorAll(ENTRY)];
  const next = entries.slice(entries.indexOf(entry) + 1).find((one) => !boxOf(one).value.trim());
  if (next) boxOf(next).focus();
  else group.querySelector('button[name="add"]')?.click();
}

const blank = group.querySelector("template[data-entry]");
let entries = Number(blank?.dataset.entry);

// A new entry is a copy of the one that came with the page for it, under its own number. The last that a list has room
// for is asked of the server, which says that it is full.
function addEntry(event) {
  if (!blank || entries + 1 >= Number(blank.dataset.most)) return;
  event.preventDefault();
  const { entry: drawn } = blank.dataset;
  const copy = document.createElement("template");
  copy.innerHTML = blank.innerHTML.replaceAll(`${group.dataset.question}-${drawn}`, `${group.dataset.question}-${entries}`);
  const added = copy.content.querySelector(ENTRY);
  for (const title of added.querySelectorAll("[data-numbered]")) title.textContent = title.textContent.replace(/\d+/, entries + 1);
  entries += 1;
  for (const filled of group.querySelectorAll(`:not(details) > ${ENTRY}`)) fold(filled);
  blank.before(added);
  setUp(boxOf(added));
  boxOf(added).focus();
  added.scrollIntoView({ block: "nearest" });
}

// Of an allergy its name is enough.
function saidBeside(entry) {
  if (!ofMedicines) return [];
  const often = document.querySelector(`label[for="${CSS.escape(entry.querySelector(":checked").id)}"]`).textContent;
  const others = [...entry.querySelectorAll('input[type="text"]')].slice(1).map((box) => box.value);
  return [often, ...others].map((text) => text.trim()).filter(Boolean);
}

// As the server draws them: what is filled in is folded beside what is new.
function fold(entry) {
  const name = boxOf(entry).value.trim();
  if (!name || questionsLeft(entry).length || entry.closest("details")) return;
  const parts = group.querySelector("template[data-folded]").content.cloneNode(true);
  const title = entry.querySelector("legend").textContent.trim();
  parts.querySelector("summary span").textContent = `${title}: ${[name, ...saidBeside(entry)].join(", ")}`;
  const details = parts.querySelector("details");
  entry.replaceWith(parts);
  details.lastElementChild.replaceChildren(entry);
}

// ---- A pasted list: the server splits it, and shows what it made of it ------------------------------------------------

function pasted(event) {
  const text = event.clipboardData?.getData("text/plain").trim() ?? "";
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  const add = group.querySelector('button[name="add"]');
  if (!add || !ofMedicines || (lines.length < 2 && !/[,;].*[a-z]{3}/i.test(text))) return;
  event.preventDefault();
  const box = event.target;
  box.setRangeText(lines.join("; "), box.selectionStart, box.selectionEnd, "end");
  close();
  form.requestSubmit(add);
}

// ---- Start -----------------------------------------------------------------------------------------------------------

group.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.isComposing) return;
  if (event.target.matches("[data-suggests]")) keyInBox(event);
  else if (event.key === "Enter" && event.target.matches(`${ENTRY} input`)) enter(event);
});
group.addEventListener("input", (event) => {
  if (event.isTrusted && event.target.matches("[data-suggests]")) offer(event.target);
});
group.addEventListener("focusout", (event) => {
  if (event.target === open) close();
});
group.addEventListener("paste", (event) => {
  if (event.target.matches("[data-suggests]")) pasted(event);
});
// The box keeps the focus while an offer is pressed.
group.addEventListener("mousedown", (event) => {
  if (event.target.closest(".fr-offers")) event.preventDefault();
});
group.addEventListener("click", (event) => {
  const option = event.target.closest('.fr-offers [role="option"]');
  if (option && open) take(open, option);
  if (event.target.closest('button[name="add"]')) addEntry(event);
});

for (const box of group.querySelectorAll("[data-suggests]")) setUp(box);
group.querySelector("[data-how]")?.removeAttribute("hidden");
fetchNames().catch(() => {});
