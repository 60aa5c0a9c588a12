"use strict";
// The page is read without this: panels open by their address, views by their buttons. Here: filters, keys, focus.
(function () {
  function all(what, within) { return Array.prototype.slice.call((within || document).querySelectorAll(what)); }
  function by(id) { return document.getElementById(id); }
  var last = null, status = by("f-said"), inputs = all(".filters select, .filters input");

  function close() {
    if (!location.hash || location.hash === "#rooster") return;
    location.hash = "#rooster";
  }
  function showView(view) {
    var button = by("v-" + view);
    if (button) { button.checked = true; }
  }
  function showWeek(week) {
    if (!week) return;
    showView("week");
    var region = week.closest(".scroll");
    function go() { region.scrollTop = week.offsetTop - region.offsetTop; }
    // what was not drawn yet has a guessed height: once more when it is known
    go();
    requestAnimationFrame(function () { go(); requestAnimationFrame(go); });
    document.querySelector(".tools").scrollIntoView();
  }
  function focusLink(cell, event) {
    var link = cell && cell.querySelector("a");
    if (!link) return false;
    link.focus();
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
    event.preventDefault();
    return true;
  }
  function walk(event) {
    var step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -99], End: [0, 99] }[event.key];
    var cell = document.activeElement && document.activeElement.closest("td.cell");
    if (!step || !cell) return;
    var row = cell.parentNode, rows = all("tbody tr:not(.group):not(.out)", row.closest("table")), down = rows.indexOf(row);
    var cells = all("td.cell", row), across = cells.indexOf(cell);
    if (Math.abs(step[1]) > 1) {
      cells = step[1] < 0 ? cells : cells.reverse();
      cells.some(function (each) { return focusLink(each, event); });
      return;
    }
    for (;;) {
      down += step[0];
      across += step[1];
      if (!rows[down]) return;
      var next = all("td.cell", rows[down])[across];
      if (!next || focusLink(next, event)) return;
    }
  }
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") close();
    if (!event.target.closest(".tools")) walk(event);
  });

  function opened() {
    var hash = location.hash;
    if (/^#w-/.test(hash)) showWeek(by(hash.slice(1)));
    all("a[aria-expanded]").forEach(function (link) { link.removeAttribute("aria-expanded"); });
    var panel = document.querySelector(".panel:target");
    if (!panel) {
      if (last && last.isConnected) last.focus({ preventScroll: true });
      return;
    }
    all('a[href="' + hash + '"]').forEach(function (link) {
      if (link.closest("td.cell")) link.setAttribute("aria-expanded", "true");
      if (link === document.activeElement || (!last && link.offsetParent)) last = link;
    });
    panel.focus({ preventScroll: true });
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href^='#']");
    if (link && !link.closest(".panel")) last = link;
  });
  window.addEventListener("hashchange", opened);

  // who passes: what stands in the hours rows is true of all rows of a nurse
  var people = {};
  all(".hours tr.nurse").forEach(function (row) {
    people[row.dataset.n] = { org: row.dataset.org, skills: (row.dataset.skills || "").split(" "),
      said: (row.querySelector("th").textContent + " " + row.dataset.n).toLowerCase() };
  });
  function value(name) { var input = by("f-" + name); return input ? input.value : ""; }
  function passes(nurse, asked) {
    var each = people[nurse];
    return !each || ((!asked.org || each.org === asked.org) && (!asked.skill || each.skills.indexOf(asked.skill) >= 0) &&
      (!asked.nurse || each.said.indexOf(asked.nurse) >= 0));
  }
  function wanted(cell, asked) {
    if (asked.kind && !all(".chip", cell).some(function (chip) { return chip.textContent === asked.kind; })) return false;
    if (asked.only === "changed") return cell.classList.contains("changed");
    if (asked.only === "violation") return cell.classList.contains("violation") || cell.classList.contains("inherited");
    if (asked.only === "signal") return cell.classList.contains("signal");
    return true;
  }
  function countOpen(asked) {
    all(".open .count.bad").forEach(function (count) {
      var sum = 0;
      all("li." + count.dataset.kind + ":not(.mild)", by(count.closest("a").getAttribute("href").slice(1))).forEach(function (line) {
        if (!asked.org || line.dataset.orgs.split(" ").indexOf(asked.org) >= 0) sum += Number(line.dataset.count);
      });
      count.textContent = sum;
      count.classList.toggle("out", !sum);
    });
  }
  function filter() {
    var asked = { org: value("org"), nurse: value("nurse").trim().toLowerCase(), skill: value("skill"), kind: value("kind"), only: value("only") };
    var any = Boolean(asked.org || asked.nurse || asked.skill || asked.kind || asked.only), cellwise = asked.kind || asked.only;
    var seen = {};
    all("tr.nurse").forEach(function (row) {
      var shown = passes(row.dataset.n, asked) && asked.only !== "open";
      var cells = all("td.cell", row), fit = 0;
      cells.forEach(function (cell) {
        var fits = !cellwise || wanted(cell, asked);
        cell.classList.toggle("dim", !fits);
        if (fits) fit += 1;
      });
      var told = asked.only && !asked.kind && (row.dataset.has || "").split(" ").indexOf(asked.only) >= 0;
      if (cells.length && cellwise && !fit && !told) shown = false;
      row.classList.toggle("out", !shown);
      if (shown && cells.length) seen[row.dataset.n] = true;
    });
    all(".hours tr.nurse").forEach(function (row) { if (cellwise && !seen[row.dataset.n]) row.classList.add("out"); });
    all("tbody[data-org]").forEach(function (body) {
      body.classList.toggle("out", any && !body.querySelector("tr.nurse:not(.out)"));
    });
    all("aside li").forEach(function (line) {
      var who = line.dataset.who, orgs = line.dataset.orgs, out = false;
      if (who) out = !who.split(" ").some(function (nurse) { return passes(nurse, asked); });
      else if (orgs && asked.org) out = orgs.split(" ").indexOf(asked.org) < 0;
      line.classList.toggle("out", out);
    });
    [["open", "open"], ["moments", "open"], ["changes", "changed"], ["findings", "violation signal"]].forEach(function (pair) {
      if (by(pair[0])) by(pair[0]).classList.toggle("out", Boolean(asked.only) && pair[1].split(" ").indexOf(asked.only) < 0);
    });
    all("#findings li").forEach(function (line) {
      var kind = line.classList.contains("signal") ? "signal" : "violation";
      if ((asked.only === "signal" || asked.only === "violation") && kind !== asked.only) line.classList.add("out");
    });
    countOpen(asked);
    inputs.forEach(function (input) { input.classList.toggle("set", Boolean(input.value)); });
    by("f-clear").hidden = !any;
    var count = Object.keys(seen).length, whole = Object.keys(people).length;
    status.textContent = !any || asked.only === "open" ? "" : count ? status.dataset.said.replace("#", count).replace("#", whole) : status.dataset.none;
  }
  inputs.forEach(function (input) { input.addEventListener("input", filter); });
  by("f-clear").addEventListener("click", function () {
    inputs.forEach(function (input) { input.value = ""; });
    filter();
    inputs[0].focus();
  });
  document.querySelector(".filters").hidden = false;
  document.querySelector(".tools").addEventListener("submit", function (event) { event.preventDefault(); });
  if (inputs.some(function (input) { return input.value; })) filter();
  if (location.hash) opened();
})();
