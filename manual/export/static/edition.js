/* Puts the search box on the page, since the search needs a script as well; shows the citation of the place that a reader
   follows; hands the clauses of the page to the search. Every page reads as well without it. */
"use strict";
(function () {
  function field(name, words, value) {
    var label = document.createElement("label"), said = document.createElement("span");
    var input = document.createElement("input");
    said.textContent = words;
    said.className = "vh";
    input.id = input.name = name;
    input.autocomplete = "off";
    input.spellcheck = false;
    input.setAttribute("autocapitalize", "off");
    input.maxLength = 2000;
    if (name === "q") input.accessKey = "q";
    if (value) { input.value = value; input.title = words; } else input.placeholder = words;
    label.append(said, input);
    return label;
  }

  var bar = document.querySelector(".bar"), form = document.createElement("form");
  var go = document.createElement("button");
  form.className = "jump";
  form.setAttribute("role", "search");
  form.action = bar.querySelector("a").href.replace(/index\.html$/, "search.html");
  go.textContent = "Go";
  form.append(field("q", "Code or words"));
  if (bar.dataset.on) form.append(field("on", "Day; for a case: the day the application was made", bar.dataset.on));
  form.append(go);
  bar.querySelector("a").after(form);
  document.getElementById("main").tabIndex = -1;

  // ---------------------------------------------------------------- citation

  // The spellings of manual.citation.printing: the code, (1A), a second one, a number, an odd word, a bullet, (ii), a word,
  // any other character.
  var SPELT = new RegExp("(^[A-Za-z0-9.]+)|__([A-Za-z0-9]+)|_x([0-9]+)|_([0-9]+)|--([A-Za-z0-9]+)|-b([0-9]+)" +
    "|-([A-Za-z]{1,3}(?![A-Za-z])|[ivx]{4,8}(?![a-z])|[0-9]+)|-([a-z]{4,})|~([0-9a-f]{1,5})~", "y");

  // WA3.25-g-ii-b2-note_1 -> WA3.25(g)(ii)•2 note 1; null for what is no address of a place
  function pinpoint(fragment) {
    var said = "", end = 0, piece;
    SPELT.lastIndex = 0;
    while (end < fragment.length && (piece = SPELT.exec(fragment))) {
      end = SPELT.lastIndex;
      said += piece[1] || (piece[2] || piece[7] ? "(" + (piece[2] || piece[7]) + ")" : piece[3] ? " [" + piece[3] + "]"
        : piece[6] ? "•" + piece[6] : piece[9] ? String.fromCodePoint(parseInt(piece[9], 16))
          : " " + (piece[4] || piece[5] || piece[8]));
    }
    return end === fragment.length ? said : null;
  }

  function showCitation(whole, text) {
    var day = whole.textContent.slice(whole.textContent.indexOf(","));
    var hint = document.createElement("span"), box = document.createElement("p");
    var label = text.querySelector("li > a:first-child");
    if (label) {
      hint.className = "hint";
      hint.textContent = " Follow a label such as " + label.textContent + " for the citation of its place.";
      whole.after(hint);
    }
    box.className = "cite-here";
    box.setAttribute("role", "status");
    function show() {
      var fragment = decodeURIComponent(location.hash.slice(1));
      var place = fragment && document.getElementById(fragment);
      var cited = place && place.closest(".text") ? pinpoint(fragment) : null;
      if (!cited) { box.remove(); return; }
      box.textContent = "Cite as: " + cited + day;
      text.after(box);
    }
    addEventListener("hashchange", show);
    show();
  }
  var whole = document.querySelector(".citebox b"), text = document.querySelector(".text:not(.flat)");
  if (whole && text) showCitation(whole, text);

  // ---------------------------------------------------------------- a place that the text does not have

  function sayWhatIsMissing() {
    var fragment = decodeURIComponent(location.hash.slice(1)), said = document.createElement("p");
    var missing = fragment && !document.getElementById(fragment) && pinpoint(fragment);
    document.querySelectorAll(".no-place").forEach(function (one) { one.remove(); });
    if (!missing || !/^[A-Z]/.test(missing)) return;
    said.className = "warn no-place";
    said.setAttribute("role", "status");
    said.textContent = text ? "There is no " + missing + " in the text on this page."
      : "Whether there was a " + missing + " can’t be told from what stands on this page.";
    document.querySelector("h1").after(said);
  }
  addEventListener("hashchange", sayWhatIsMissing);
  sayWhatIsMissing();

  // ---------------------------------------------------------------- search

  var BLOCKS = /^(OL|UL|LI|P|H[1-6]|DIV|BLOCKQUOTE|TABLE|TBODY|TR|DL|DT|DD)$/;

  // A label is no word of the text, nor is what we say of a reference.
  function ours(node, inside) {
    return node.matches(".ref-note, .vh") || (inside.tagName === "LI" && node === inside.firstChild);
  }

  function gather(node, place, found) {
    var passage = [place, pinpoint(place.replace(/^c\d+-/, "")) || "", ""];
    found.push(passage);
    node.childNodes.forEach(function (child) {
      if (child.nodeType === Node.TEXT_NODE) passage[2] += child.data;
      else if (child.nodeType !== Node.ELEMENT_NODE || ours(child, node)) return;
      else if (BLOCKS.test(child.tagName)) gather(child, child.id || place, found);
      else passage[2] += child.textContent + (child.matches("td, th, br") ? " " : "");
    });
  }

  function passages() {
    var found = [];
    document.querySelectorAll(".text").forEach(function (text) { gather(text, "", found); });
    return found.filter(function (one) { return (one[2] = one[2].replace(/\s+/g, " ").trim()); });
  }

  function said(selector) {
    var node = document.querySelector(selector), words = "";
    if (node) node.childNodes.forEach(function (child) { if (child.nodeType === Node.TEXT_NODE) words += child.data; });
    return words.trim();
  }

  addEventListener("message", function (event) {
    if (event.data !== "inforce-passages" || !event.ports[0]) return;
    event.ports[0].postMessage({ passages: passages(), validity: said(".validity"), lacking: said(".lacking strong"),
      candidates: Array.from(document.querySelectorAll(".candidate"), function (one) {
        return (one.querySelector(".period") || one.firstElementChild).textContent.replace(/\s+/g, " ").trim();
      }) });
  });
})();
