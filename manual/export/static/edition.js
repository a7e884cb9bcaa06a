/* Shows the citation of the place that a reader follows. Every page reads as well without it. */
"use strict";
(function () {
  var whole = document.querySelector(".citebox .cite-text");
  if (!whole) return;
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
    document.querySelector(".text").after(box);
  }
  addEventListener("hashchange", show);
  show();
})();
