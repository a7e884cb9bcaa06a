/* Puts the search box on the page, since the search needs a script as well, and shows the citation of the place that a
   reader follows. Every page reads as well without it. */
"use strict";
(function () {
  function field(name, words, hint, value) {
    var label = document.createElement("label"), said = document.createElement("span");
    var input = document.createElement("input");
    said.textContent = words;
    if (hint) {
      var more = document.createElement("span");
      more.className = "hint";
      more.textContent = hint;
      said.append(" ", more);
    }
    input.id = input.name = name;
    input.autocomplete = "off";
    input.spellcheck = false;
    input.setAttribute("autocapitalize", "off");
    input.maxLength = 400;
    if (value) input.value = value; else input.placeholder = "A16.1(b) or words";
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
  if (bar.dataset.on) form.append(field("on", "Day", "for a case: the day the application was made", bar.dataset.on));
  form.append(go);
  bar.append(form);
  document.getElementById("main").tabIndex = -1;
})();
(function () {
  var whole = document.querySelector(".citebox b"), text = document.querySelector(".text:not(.flat)");
  if (!whole || !text) return;
  var hint = document.createElement("span");
  hint.className = "hint";
  hint.textContent = " Follow a label such as (a) for the citation of its place.";
  whole.after(hint);
  var day = whole.textContent.slice(whole.textContent.indexOf(","));
  var box = document.createElement("p");
  box.className = "cite-here";
  box.setAttribute("role", "status");

  // WA3.25-g-ii-b2-note -> WA3.25(g)(ii)•2 note; null for a spelling that only its own page can read
  function pinpoint(fragment) {
    if (/__|_x|--|~/.test(fragment)) return null;
    var pieces = fragment.split("-");
    return pieces.slice(1).reduce(function (said, piece) {
      if (/^b\d+$/.test(piece)) return said + "•" + piece.slice(1);
      if (/^(note|table|reference|quote)\d*$/.test(piece)) return said + " " + piece;
      return said + "(" + piece + ")";
    }, pieces[0].replace(/^Appendix_/, "Appendix "));
  }

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
})();
