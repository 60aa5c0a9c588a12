"use strict";
// The page works without this: panels open by their address. Here: Escape closes, arrows walk over the cells.
(function () {
  var last = null;
  function close() {
    if (!location.hash || location.hash === "#rooster") return;
    location.hash = "#rooster";
  }
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") close();
    var step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    var cell = document.activeElement && document.activeElement.closest("td.cell");
    if (!step || !cell) return;
    var row = cell.parentNode, rows = Array.prototype.slice.call(row.closest("table").querySelectorAll("tr.nurse"));
    var next = cell, down = rows.indexOf(row);
    for (;;) {
      down += step[0];
      if (step[0]) { if (!rows[down]) return; next = rows[down].cells[cell.cellIndex]; }
      else { next = step[1] > 0 ? next.nextElementSibling : next.previousElementSibling; }
      if (!next || !next.classList.contains("cell")) return;
      if (next.querySelector("a")) { next.querySelector("a").focus(); event.preventDefault(); return; }
    }
  });
  window.addEventListener("hashchange", function () {
    document.querySelectorAll("td.cell a[aria-expanded]").forEach(function (link) {
      var open = link.getAttribute("href") === location.hash;
      link.setAttribute("aria-expanded", open ? "true" : "false");
      if (open) last = link;
    });
    var panel = document.querySelector(".panel:target");
    if (panel) panel.focus({ preventScroll: true });
    else if (last) last.focus({ preventScroll: true });
  });
})();
