// A page of several forms: sending one loses what was typed in the others, so it asks first; so does the browser before
// the page is left. It asks only where a form holds something: changed in this window, or sent before and given back to
// be mended (data-unsaved).

const ASKS = document.querySelector("[data-unsaved-question]").dataset.unsavedQuestion;

function isChanged(control) {
  if (control.type === "radio" || control.type === "checkbox") return control.checked !== control.defaultChecked;
  if (control.options) return [...control.options].some((option) => option.selected !== option.defaultSelected);
  return "defaultValue" in control && control.value !== control.defaultValue;
}

// Each by the button that would save it, so that the question can name it.
function saving(form) {
  const holds = "unsaved" in form.dataset || [...form.elements].some(isChanged);
  const buttons = [...form.elements].filter((control) => control.type === "submit");
  return holds && buttons.length ? [buttons.at(-1)] : [];
}

let sending = false;

document.addEventListener(
  "submit",
  (event) => {
    const left = [...document.forms].filter((form) => form !== event.target).flatMap(saving);
    sending = true;
    if (!left.length) return;
    const names = left.map((button) => `“${button.textContent.trim()}”`).join(", ");
    if (window.confirm(ASKS.replace("{buttons}", names))) return;
    sending = false;
    event.preventDefault();
    event.stopImmediatePropagation();
    left[0].closest("details")?.setAttribute("open", "");
    left[0].focus();
  },
  true,
);

// A link, "Back" and a closed window: the words are the browser's own.
window.addEventListener("beforeunload", (event) => {
  if (!sending && [...document.forms].some((form) => saving(form).length)) event.preventDefault();
});

// "Back" to a page that the browser kept whole.
window.addEventListener("pageshow", () => {
  sending = false;
});
