/* Shows the citation of the place that a reader follows, and hands the clauses of this page to the search of the
   edition. Every page reads as well without it. */
"use strict";
(function () {
  // WA3.25-g-ii-b2-note -> WA3.25(g)(ii)•2 note; null for a spelling that only its own page can read
  function pinpoint(fragment) {
    if (/__|_x|--|~/.test(fragment)) return null;
    var pieces = fragment.split("-");
    return pieces.slice(1).reduce(function (said, piece) {
      if (/^b\d+$/.test(piece)) return said + "•" + piece.slice(1);
      if (/^(note|table|reference|quote)(_?\d+)?$/.test(piece)) return said + " " + piece.replace("_", " ");
      return said + "(" + piece + ")";
    }, pieces[0].replace(/^Appendix_/, "Appendix "));
  }

  // ---------------------------------------------------------------- citation

  var whole = document.querySelector(".citebox .cite-text"), box = document.createElement("p");
  box.className = "cite-here";
  box.setAttribute("role", "status");

  function show() {
    var fragment = decodeURIComponent(location.hash.slice(1));
    var place = fragment && document.getElementById(fragment);
    var cited = place && place.closest(".text") ? pinpoint(fragment) : null;
    if (!cited) { box.remove(); return; }
    box.textContent = "Cite as: " + cited + whole.textContent.slice(whole.textContent.indexOf(","));
    document.querySelector(".text").after(box);
  }
  if (whole) {
    addEventListener("hashchange", show);
    show();
  }

  // ---------------------------------------------------------------- search

  var BLOCKS = /^(OL|UL|LI|P|H[1-6]|DIV|BLOCKQUOTE|TABLE|TBODY|TR|DL|DT|DD)$/;

  // A label is no word of the text, nor is what we say of a reference.
  function ours(node, inside) {
    if (node.matches(".no, .cite, .ref-note, .vh")) return true;
    return inside.tagName === "LI" && inside.id && node.getAttribute("href") === "#" + inside.id;
  }

  function gather(node, place, found) {
    var passage = [place, pinpoint(place.replace(/^c\d+-/, "")) || "", ""];
    found.push(passage);
    node.childNodes.forEach(function (child) {
      if (child.nodeType === Node.TEXT_NODE) passage[2] += child.data;
      else if (child.nodeType !== Node.ELEMENT_NODE || ours(child, node)) return;
      else if (child.matches(".spot")) place = child.id;
      else if (BLOCKS.test(child.tagName)) gather(child, child.id || place, found);
      else passage[2] += child.textContent + (child.matches("td, th, br") ? " " : "");
    });
  }

  function passages() {
    var found = [];
    document.querySelectorAll(".text").forEach(function (text) { gather(text, "", found); });
    return found.filter(function (one) { return (one[2] = one[2].replace(/\s+/g, " ").trim()); });
  }

  function words(selector) {
    var node = document.querySelector(selector), text = "";
    if (node) node.childNodes.forEach(function (child) { if (child.nodeType === Node.TEXT_NODE) text += child.data; });
    return text.trim();
  }

  addEventListener("message", function (event) {
    if (event.data !== "inforce-passages" || !event.ports[0]) return;
    var lacking = document.querySelector(".lacking strong");
    event.ports[0].postMessage({
      passages: passages(), validity: words(".validity"), lacking: lacking ? lacking.textContent : ""
    });
  });
})();
