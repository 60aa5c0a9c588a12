"use strict";
// The page works without this: tables are written in a sensible order. Here: a click on a heading sorts.
document.querySelectorAll("table.sortable").forEach(function (table) {
  var body = table.tBodies[0], heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
  if (body.rows.length < 2) return;
  function key(row, column) {
    var value = row.cells[column].getAttribute("data-value");
    return value === null || value === "" ? null : isNaN(value) ? value : Number(value);
  }
  heads.forEach(function (head, column) {
    var button = document.createElement("button");
    button.type = "button";
    while (head.firstChild) button.appendChild(head.firstChild);
    head.appendChild(button);
    button.addEventListener("click", function () {
      var down = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      heads.forEach(function (each) { each.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", down > 0 ? "ascending" : "descending");
      Array.prototype.slice.call(body.rows).sort(function (one, other) {
        var a = key(one, column), b = key(other, column);
        if (a === null || b === null) return (a === null) - (b === null);
        if (typeof a === "number" && typeof b === "number") return down * (a - b);
        return down * String(a).localeCompare(String(b), document.documentElement.lang);
      }).forEach(function (row) { body.appendChild(row); });
    });
  });
});
