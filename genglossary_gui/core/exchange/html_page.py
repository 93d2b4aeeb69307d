"""The style and the script of the HTML export; both are constants, because the file names their hashes."""

STYLE = """
:root { color-scheme: light dark; --ink: #1d2433; --soft: #5a6478; --line: #d9dee8; --page: #ffffff; --field: #f4f6fa;
  --accent: #2f5fd0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9f0; --soft: #a3adc2; --line: #343c4d; --page: #171b24; --field: #222836; --accent: #8db0ff; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.6 system-ui, "Hiragino Sans", "Noto Sans CJK JP", "Yu Gothic UI", Meiryo, sans-serif; }
header, main { max-width: 46rem; margin: 0 auto; padding: 0 1.25rem; }
header { position: sticky; top: 0; padding-bottom: .75rem; background: var(--page);
  border-bottom: 1px solid var(--line); }
h1 { font-size: 1.5rem; margin: 0; padding-top: 1.25rem; overflow-wrap: anywhere; }
header p { display: flex; gap: 1rem; align-items: center; margin: .5rem 0 0; }
input { flex: 1; min-width: 0; font: inherit; padding: .4rem .75rem; color: inherit; background: var(--field);
  border: 1px solid var(--line); border-radius: .5rem; }
input:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
#count, .aliases, .none, .notes, dl, ul, #nothing { color: var(--soft); font-size: .9rem; }
article { border-bottom: 1px solid var(--line); padding: 1rem 0; overflow-wrap: anywhere; }
article[hidden] { display: none; }
article:target { border-inline-start: 3px solid var(--accent); padding-inline-start: .75rem; scroll-margin-top: 7rem; }
h2 { font-size: 1.1rem; margin: 0; }
article p { margin: .25rem 0 0; white-space: pre-line; }
dl { display: flex; flex-wrap: wrap; gap: 0 1rem; margin: .25rem 0 0; }
dt::after { content: ":"; }
dt, dd { display: inline; margin: 0; }
dt { margin-inline-end: .35rem; }
ul { margin: .25rem 0 0; padding-inline-start: 1.25rem; }
@media print { header { position: static; } header p { display: none; } article { break-inside: avoid; } }
"""

SCRIPT = """
"use strict";
(function () {
  const field = document.getElementById("search");
  const count = document.getElementById("count");
  const nothing = document.getElementById("nothing");
  const fold = function (text) { return text.normalize("NFKC").toLowerCase(); };
  const entries = Array.from(document.querySelectorAll("article"), function (article) {
    return { article: article, text: fold(article.textContent) };
  });
  const search = function () {
    const words = fold(field.value).split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const entry of entries) {
      const fits = words.every(function (word) { return entry.text.includes(word); });
      entry.article.hidden = !fits;
      if (fits) { shown += 1; }
    }
    count.textContent = words.length === 0 ? count.dataset.all
      : count.dataset.some.replace("{shown}", shown).replace("{total}", entries.length);
    nothing.hidden = shown > 0 || words.length === 0;
  };
  field.addEventListener("input", search);
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && document.activeElement !== field) { event.preventDefault(); field.focus(); }
    if (event.key === "Escape" && document.activeElement === field) { field.value = ""; search(); }
  });
  search();
})();
"""
