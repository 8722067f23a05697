// Everything here is a comfort: each form works without it, and the server decides what is asked and kept.

import { Button, CharacterCount, createAll, ErrorSummary, SkipLink } from "./vendor/nhsuk/nhsuk.js";

// The kit's own scripts look for the second class, and stay off without it.
document.body.classList.add("js-enabled", "nhsuk-frontend-supported");

// ---- Same-page reveals -------------------------------------------------------------------------------------------
// An element with data-show-if holds a condition over the questions of this page. Truths are true, false or null
// (unknown), joined by Kleene's rules as on the server. Only true shows: unknown is never yes, and never no.

const UNKNOWN_ANSWERS = ["not_sure", "rather_not", "ask_me"];

function conditionOf(question) {
  return question.dataset.showIf ? JSON.parse(question.dataset.showIf) : true;
}

function questionCalled(id) {
  return document.querySelector(`[data-question="${CSS.escape(id)}"]`);
}

function answersOf(question) {
  const answers = [];
  for (const input of question.querySelectorAll("input, select, textarea")) {
    const picked = input.type === "radio" || input.type === "checkbox" ? input.checked : input.type !== "hidden";
    if (picked && input.value.trim()) answers.push(input.value.trim());
  }
  return answers;
}

function leafTruth(leaf) {
  const question = questionCalled(leaf.q);
  if (!question) return null;
  const applies = truthOf(conditionOf(question));
  if (applies !== true) return applies;
  const answers = answersOf(question);
  const asked = leaf.not_in ?? leaf.in ?? leaf.has_any ?? [leaf.is ?? leaf.has];
  if (answers.some((answer) => asked.includes(answer))) return !leaf.not_in;
  if (!answers.length || answers.some((answer) => UNKNOWN_ANSWERS.includes(answer))) return null;
  return Boolean(leaf.not_in);
}

function joined(truths, decisive) {
  if (truths.includes(decisive)) return decisive;
  return truths.includes(null) ? null : !decisive;
}

function truthOf(condition) {
  if (condition === null || typeof condition === "boolean") return condition;
  if (condition.all) return joined(condition.all.map(truthOf), false);
  if (condition.any) return joined(condition.any.map(truthOf), true);
  if ("not" in condition) {
    const truth = truthOf(condition.not);
    return truth === null ? null : !truth;
  }
  return leafTruth(condition);
}

function leavesOf(condition) {
  if (condition === null || typeof condition === "boolean") return [];
  const parts = condition.all ?? condition.any ?? ("not" in condition ? [condition.not] : null);
  return parts ? parts.flatMap(leavesOf) : [condition];
}

function showOrHide(question) {
  const shown = truthOf(conditionOf(question)) === true;
  question.hidden = !shown;
  // Tells the server which of these were on view, so that it asks for an answer only to what was seen.
  let opened = question.querySelector('input[name="opened"]');
  if (shown && !opened) {
    opened = document.createElement("input");
    opened.type = "hidden";
    opened.name = "opened";
    opened.value = question.dataset.question;
    question.append(opened);
  } else if (!shown && opened) {
    opened.remove();
  }
}

function linkToCause(question) {
  question.id ||= `${question.dataset.question}-question`;
  for (const leaf of leavesOf(conditionOf(question))) {
    const asked = leaf.in ?? leaf.has_any ?? [leaf.is ?? leaf.has];
    for (const input of questionCalled(leaf.q)?.querySelectorAll("input") ?? []) {
      if (!asked.includes(input.value)) continue;
      const already = input.getAttribute("aria-controls");
      input.setAttribute("aria-controls", already ? `${already} ${question.id}` : question.id);
    }
  }
}

const reveals = [...document.querySelectorAll("[data-show-if]")];

// ---- Tick lists: "None of these" and its like stand alone ----------------------------------------------------------

function keepExclusive(input) {
  if (input.type !== "checkbox" || !input.checked) return;
  const list = input.closest(".nhsuk-checkboxes");
  for (const other of list?.querySelectorAll("input") ?? []) {
    if (other === input || other.name !== input.name) continue;
    if (input.dataset.behaviour === "exclusive" || other.dataset.behaviour === "exclusive") other.checked = false;
  }
}

// ---- Measures: only the boxes and label words of the chosen unit ---------------------------------------------------

const typedMeasures = new WeakMap();

function unitOf(question) {
  return question.querySelector("[data-unit-switch]:checked")?.value;
}

function showUnit(question) {
  const unit = unitOf(question);
  if (!unit) return;
  for (const part of question.querySelectorAll("[data-unit]")) part.hidden = !part.dataset.unit.split(" ").includes(unit);
  question.dataset.unitShown = unit;
}

// What a box counts in a unit, and whether it holds whole numbers: null when the unit has no such box.
function countsOf(box, unit) {
  const counts = box.dataset.factors.split(" ").map((each) => each.split(":"));
  const [, factor, whole] = counts.find(([code]) => code === unit) ?? [];
  return factor === undefined ? null : { factor: Number(factor), whole: whole === "whole" };
}

// A number under another unit's name would be another measure: it is converted, or cleared when it is no number. What
// was typed comes back with its own unit.
function convertMeasure(question, unit) {
  const boxes = [...question.querySelectorAll("[data-factors]")];
  const typed = typedMeasures.get(question) ?? measureIn(boxes, question.dataset.unitShown);
  typedMeasures.set(question, typed);
  const amounts = typed.values.map((text) => Number(text.replace(",", ".")));
  const given = boxes.flatMap((box, at) => {
    const counts = countsOf(box, typed.unit);
    return counts && typed.values[at] ? [amounts[at] * counts.factor] : [];
  });
  let rest = given.length && given.every(Number.isFinite) ? given.reduce((sum, each) => sum + each) : null;
  const into = boxes.filter((box) => countsOf(box, unit));
  if (rest !== null && into.length > 1) {
    const smallest = countsOf(into.at(-1), unit).factor;
    rest = Math.round(rest / smallest) * smallest;
  }
  // "72 kg" is no number, and needs no converting: the unit written there counts.
  const written = rest === null ? typed.values.find((text) => /\d\s*\D+$/.test(text)) : undefined;
  boxes.forEach((box, at) => {
    const counts = countsOf(box, unit);
    if (written !== undefined) {
      box.value = box === into[0] ? written : "";
    } else if (unit === typed.unit) {
      box.value = typed.values[at];
    } else if (!counts || rest === null) {
      box.value = "";
    } else {
      const last = box === into.at(-1);
      // A little more than nothing: 5.999999 feet are 6.
      const amount = last ? rest / counts.factor : Math.floor(rest / counts.factor + 1e-6);
      box.value = String(counts.whole ? Math.round(amount) : Math.round(amount * 10) / 10);
      rest -= amount * counts.factor;
    }
  });
}

function measureIn(boxes, unit) {
  return { unit, values: boxes.map((box) => box.value.trim()) };
}

function measureTouched(box) {
  const question = box.closest("[data-question]");
  if (box.matches("[data-factors]")) typedMeasures.delete(question);
  else if (box.matches("[data-unit-switch]") && question.dataset.unitShown !== box.value) convertMeasure(question, box.value);
}

// ---- Error summary: a link to a question of several boxes goes to the first box in view ----------------------------

function focusFirstBox(event) {
  const target = document.getElementById(event.target.closest(".nhsuk-error-summary a")?.hash.slice(1));
  if (!target || target.matches("input, select, textarea, button")) return;
  const boxes = [...target.querySelectorAll("input:not([type=hidden]), select, textarea, button:not([tabindex])")];
  const first = boxes.find((box) => !box.closest("[hidden]"));
  if (!first) return;
  event.preventDefault();
  target.scrollIntoView();
  first.focus({ preventScroll: true });
}

// ---- What is to be read: a small screen begins with its heart, and paper holds all of it ------------------------------

const folding = document.querySelectorAll(".fr-notice details");

function unfold(parts, opened) {
  for (const part of parts) part.open = opened;
}

if (window.matchMedia("(max-width: 640px)").matches) unfold(folding, false);
window.addEventListener("beforeprint", () => unfold(folding, true));

// ---- Start ---------------------------------------------------------------------------------------------------------

function refresh() {
  reveals.forEach(showOrHide);
  document.querySelectorAll(".fr-measure").forEach((boxes) => showUnit(boxes.closest("[data-question]")));
}

document.addEventListener("change", (event) => {
  keepExclusive(event.target);
  measureTouched(event.target);
  refresh();
});
document.addEventListener("input", (event) => {
  measureTouched(event.target);
  refresh();
});
document.addEventListener("click", focusFirstBox);
// Browsers put back what was typed after "Back" only once the page is shown.
window.addEventListener("pageshow", refresh);

reveals.forEach(linkToCause);
refresh();
// A new entry of a list: its box has the focus, and all of it is to be seen.
document.querySelector(".fr-entry [autofocus]")?.closest(".fr-entry").scrollIntoView();
for (const Component of [Button, CharacterCount, ErrorSummary, SkipLink]) createAll(Component);
