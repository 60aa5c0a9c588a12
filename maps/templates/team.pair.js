"use strict";
// The figures between two maps, for what is chosen: rows are [day, kind, employer, nurse, travel, home, paid] in minutes.
samenrooster.pairFigures = function (data, state, tools) {
  var columns = { travel: 4, home: 5, paid: 6 };
  // a kind or nurse that cannot be chosen (-1) counts where all are
  function taken(number, name) { return number < 0 ? state[name + "All"] : Boolean(state[name][number]); }
  function sums(plan) {
    var totals = { travel: 0, home: 0, paid: 0, open: 0 };
    plan.duties.forEach(function (row) {
      if (!tools.onDay(state, row[0]) || !tools.ofOrganisation(state, row[2]) || !taken(row[1], "kind") || !taken(row[3], "nurse")) return;
      Object.keys(columns).forEach(function (name) { totals[name] += row[columns[name]]; });
    });
    plan.visits.forEach(function (row) {
      if (row[6] && tools.onDay(state, row[1]) && tools.ofOrganisation(state, row[2])) totals.open += 1;
    });
    return totals;
  }
  var both = data.plans.map(sums);
  document.querySelectorAll("[data-figure]").forEach(function (cell) {
    var name = cell.getAttribute("data-figure"), of = Number(cell.getAttribute("data-of"));
    function told(total) { return name === "open" ? total : Math.round(total / 6) / 10; } // hours with one decimal
    // the difference of what is shown, so that the reader's own sum is right
    var value = of === 2 ? told(both[1][name]) - told(both[0][name]) : told(both[of][name]);
    var shown = tools.decimal(Math.abs(value), name === "open" ? 0 : 1);
    var zero = /^[0.,]+$/.test(shown);
    cell.textContent = (of === 2 && !zero ? (value > 0 ? "+" : "−") : "") + shown;
  });
};
