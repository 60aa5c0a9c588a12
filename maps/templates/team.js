"use strict";
// The team map and the map pair: what is chosen, which routes that shows, and how districts are coloured.
// Texts from data become text nodes, never markup.
(function (rooster) {
  var NARROW = 12, FAR = 10.2, CRITICAL = 2, TASK = 1; // zoom levels: names of districts from here; dots below here
  var STEPS = [0.2, 0.25, 0.4, 0.5, 0.6, 0.8, 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100, 200, 500];
  var RAMPS = { // light to dark, one hue each: lightness alone tells the order
    demand: ["#d6e6f4", "#abcfe5", "#6aaed6", "#3787c0", "#105ba4"],
    served: ["#d3eecd", "#a8dca2", "#73c378", "#37a055", "#0b7734"],
    other: ["#f4f2f8", "#d0d0e6", "#a9a6cf", "#7f76b6", "#5a3794"],
    open: ["#f8f3ec", "#fdc692", "#fd8d3c", "#d9580f", "#a03503"],
    travel: ["#ecdcc3", "#d3b88c", "#b08c59", "#86653a", "#5b421f"]
  };

  function fill(words, values) {
    return words.replace(/\{(\w+)\}/g, function (all, name) { return values[name]; });
  }

  function inputs(name) { return Array.prototype.slice.call(document.querySelectorAll("input[data-" + name + "]")); }

  function chosen() {
    var state = { day: "", measure: "" };
    document.querySelectorAll("input[data-day]:checked").forEach(function (each) { state.day = each.value; });
    document.querySelectorAll("input[data-measure]:checked").forEach(function (each) { state.measure = each.value; });
    ["kind", "organisation", "nurse"].forEach(function (name) {
      var boxes = inputs(name);
      state[name] = {};
      boxes.forEach(function (each) { if (each.checked) state[name][each.value] = true; });
      state[name + "All"] = boxes.every(function (each) { return each.checked; });
    });
    if (!inputs("organisation").length) state.organisation = null;
    state.open = inputs("open").every(function (each) { return each.checked; });
    state.routes = inputs("routes").every(function (each) { return each.checked; });
    return state;
  }

  function onDay(state, day) { return state.day === "" || Number(state.day) === day; }
  function ofOrganisation(state, number) { return state.organisation === null || state.organisation[number]; }
  function shows(state, route) {
    return onDay(state, route.day) && ofOrganisation(state, route.organisation) && state.kind[route.kind] &&
      state.nurse[route.nurse];
  }

  // Sums by area of the visits on the chosen day of clients of the chosen organisations.
  function counted(plan, state, count) {
    var sums = [];
    for (var number = 0; number < count; number++) sums.push({ visits: 0, asked: 0, own: 0, other: 0, open: 0, legs: 0, travel: 0 });
    plan.visits.forEach(function (row) {
      if (row[0] < 0 || !onDay(state, row[1]) || !ofOrganisation(state, row[2])) return;
      var sum = sums[row[0]];
      sum.visits += 1; sum.asked += row[3]; sum.own += row[4]; sum.other += row[5];
      sum.open += row[6]; sum.legs += row[7]; sum.travel += row[8];
    });
    return sums;
  }

  // Whole percents, half up; 100 only for all and 0 only for none, so that what is read agrees with its class.
  function percent(part, whole) {
    var shown = Math.round(100 * part / whole);
    return part < whole ? Math.max(part ? 1 : 0, Math.min(shown, 99)) : 100;
  }

  function valueOf(measure, sum) {
    if (!sum.visits) return null;
    if (measure === "demand") return sum.asked / 60;
    if (measure === "served") return percent(sum.own + sum.other, sum.asked);
    if (measure === "other") return percent(sum.other, sum.asked);
    if (measure === "open") return sum.open;
    return measure === "travel" && sum.legs ? Math.round(sum.travel / sum.legs) : null;
  }

  // Upper bounds of five classes: fixed for shares and open visits, round steps up to the largest value for the rest.
  function classes(measure, values) {
    if (measure === "served") return [50, 75, 90, 99, 100];
    if (measure === "other") return [0, 25, 50, 75, 100];
    if (measure === "open") return [0, 1, 2, 4, Infinity];
    var most = Math.max.apply(null, values.concat([0])), step = 0.2;
    STEPS.some(function (each) { step = each; return each * 5 >= most; });
    return [1, 2, 3, 4, 5].map(function (times) { return times * step; });
  }

  function classOf(bounds, value) {
    for (var number = 0; number < 4; number++) if (value <= bounds[number] + 1e-9) return number;
    return 4;
  }

  rooster.team = function (maps, data) {
    var words = data.words, views = maps.map(function (map, number) { return view(map, data.plans[number]); });

    // as optimiser/texts/written.py: 1.234,5 in Dutch
    function decimal(value, digits) {
      var parts = value.toFixed(digits === undefined ? 1 : digits).split("."), marks = words.comma ? [".", ","] : [",", "."];
      parts[0] = parts[0].replace(/\B(?=(\d{3})+$)/g, marks[0]);
      return parts.join(marks[1]);
    }
    // one decimal, half up in whole minutes, as maps/team_tables.py rounds
    function hours(minutes) { return decimal(Math.round(minutes / 6) / 10); }
    function shown(measure, sum) {
      var value = valueOf(measure, sum);
      if (value === null) return "–";
      if (measure === "demand") return hours(sum.asked);
      return decimal(value, 0) + (measure === "served" || measure === "other" ? "%" : "");
    }
    function round(value, step) { return decimal(value, step % 1 ? String(step).length - 2 : 0); }
    function visits(count) { return count === 1 ? words.visit : fill(words.visits, { count: decimal(count, 0) }); }
    function textOf(number) { return data.texts[number]; }

    function view(map, plan) {
      var here = { map: map, plan: plan, sums: [], routes: L.layerGroup().addTo(map), open: L.layerGroup().addTo(map),
        labels: L.layerGroup().addTo(map), layers: {} };
      map.createPane("areas").style.zIndex = 360;
      map.getPane("areas").setAttribute("aria-hidden", "true");
      here.areas = data.areas.map(function (area, number) {
        if (!area.shape && !data.tiles) {
          L.circle(area.at, { pane: "ground", radius: area.metres, weight: 1, color: "#cfd8d0", fillColor: "#dfe6df",
            fillOpacity: 0.5, interactive: false }).addTo(map);
        }
        var layer = area.shape
          ? L.polygon(area.shape.map(function (rings) { return rings.map(rooster.decoded); }), { pane: "areas", weight: 1, color: "#93a598", fillOpacity: 0 })
          : L.circleMarker(area.at, { pane: "areas", weight: 1.5, color: "#5d7f92", radius: 6 });
        layer.bindPopup(function () { return areaBox(number); }, { maxWidth: 290, autoPanPadding: [20, 20] });
        layer.bindTooltip(function () { return rooster.box([["main", area.name], ["", areaLine(here, number)]]); }, { sticky: true });
        if (area.shape) layer.addTo(map);
        return layer;
      });
      map.on("zoomend", function () { if (here.state && slim(here) !== here.slim) { drawRoutes(here); drawAreas(here, here.bounds); } });
      map.on("zoomend moveend", function () { if (here.state) labels(here); });
      return here;
    }

    function areaLine(here, number) {
      var sum = here.sums[number], state = here.state;
      var parts = [visits(sum.visits)];
      if (state.measure && sum.visits) parts.push(fill(words.value[state.measure], { value: shown(state.measure, sum) }));
      return parts.join(" · ");
    }

    // What is known of a district, for each plan on the page.
    function areaBox(number) {
      var area = data.areas[number], lines = [["main", area.name], ["quiet", area.town !== area.name ? area.town : ""]];
      views.forEach(function (here) {
        var sum = here.sums[number];
        lines.push(["quiet", [here.plan.name, here.dayWords].filter(Boolean).join(" · ")]);
        if (!sum.visits) { lines.push(["", words.no_demand]); return; }
        lines.push(["", fill(words.asked, { visits: visits(sum.visits), hours: hours(sum.asked) })]);
        lines.push(["", fill(words.served, { hours: hours(sum.own + sum.other), share: valueOf("served", sum) })]);
        if (data.organisations.length > 1) {
          lines.push(["part", fill(words.own, { hours: hours(sum.own) })]);
          lines.push(["part", fill(words.other, { hours: hours(sum.other) })]);
        }
        lines.push([sum.open ? "bad" : "", fill(words.open, { visits: visits(sum.open), hours: hours(sum.asked - sum.own - sum.other) })]);
        lines.push(["", sum.legs ? fill(words.travel, { minutes: valueOf("travel", sum), trips: sum.legs === 1 ? words.trip : fill(words.trips, { count: sum.legs }) }) : words.no_travel]);
      });
      return rooster.box(lines);
    }

    // Names and values, the largest demand first, each only where it hits no other; far away towns and values.
    function labels(here) {
      var map = here.map, far = map.getZoom() < NARROW, bounds = map.getBounds().pad(0.05), taken = [], stops = [], towns = {}, state = here.state;
      here.labels.clearLayers();
      if (state.routes) here.visible.forEach(function (route) {
        route.stops.forEach(function (stop) {
          var point = map.latLngToContainerPoint([stop[0], stop[1]]);
          stops.push([point.x - 11, point.y - 11, point.x + 11, point.y + 11]);
        });
      });
      here.open.eachLayer(function (marker) {
        var point = map.latLngToContainerPoint(marker.getLatLng());
        stops.push([point.x - 12, point.y - 12, point.x + 12, point.y + 12]);
      });
      function hits(box, others) {
        return others.some(function (other) { return box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]; });
      }
      // beside the stops where there is room; the name of a town also under them
      function put(area, lines, className) {
        var letters = Math.max.apply(null, lines.map(function (each) { return each.length; }));
        var width = letters * (className === "town" ? 7.2 : 6.2) + 6, height = 14 * lines.length;
        var point = map.latLngToContainerPoint(area.at), shift = null;
        if (point.x < width / 2 || point.x > map.getSize().x - width / 2) return false;
        function box(down) { return [point.x - width / 2, point.y + down - height / 2, point.x + width / 2, point.y + down + height / 2]; }
        [0, 18, -18].some(function (down) {
          if (!hits(box(down), taken) && !hits(box(down), stops)) shift = down;
          return shift !== null;
        });
        if (shift === null && className === "town" && !hits(box(0), taken)) shift = 0;
        if (shift === null) return false;
        taken.push(box(shift));
        var face = document.createElement("div");
        lines.forEach(function (line, number) {
          var part = document.createElement("div");
          if (number || className === "value") part.className = "value";
          part.textContent = line;
          face.appendChild(part);
        });
        L.marker(area.at, { pane: "names", interactive: false, keyboard: false, icon: L.divIcon({ className: "place-name " + className + (className === "town" || lines.length < 2 && className === "" ? "" : " told"),
          html: face, iconSize: [width, height], iconAnchor: [width / 2, height / 2 - shift] }) }).addTo(here.labels);
        return true;
      }
      here.order.forEach(function (number) {
        var area = data.areas[number];
        if (far && area.town && !towns[area.town] && bounds.contains(area.at)) towns[area.town] = put(area, [area.town], "town");
      });
      here.order.forEach(function (number) {
        var area = data.areas[number], value = state.measure ? valueOf(state.measure, here.sums[number]) : null;
        if (!bounds.contains(area.at)) return;
        if (value !== null && (value || state.measure !== "open")) {
          var told = shown(state.measure, here.sums[number]);
          if (far || !put(area, [area.name, told], "")) put(area, [told], "value");
        } else if (!far) put(area, [area.name], "");
      });
    }

    function routeLayer(here, route, number, slim) {
      var key = number + (slim ? "-slim" : ""), many = slim && here.state.day === "" && data.days.length > 1;
      var weight = many ? 1.2 : slim ? 2 : 3;
      if (many) key = number + "-many";
      if (here.layers[key]) return here.layers[key];
      var nurse = data.nurses[route.nurse], kind = data.kinds[route.kind], group = L.featureGroup();
      var who = nurse.name + " · " + kind.code + " · " + data.days[route.day].words, lines = [];
      route.lines.map(rooster.decoded).forEach(function (points) {
        if (!slim) L.polyline(points, { color: "#ffffff", weight: 5.5, opacity: 0.9, lineJoin: "round", interactive: false }).addTo(group);
        var line = L.polyline(points, { color: nurse.colour, weight: weight, opacity: many ? 0.5 : slim ? 0.75 : 0.95, lineJoin: "round",
          dashArray: many ? null : nurse.dash || null, lineCap: "butt" });
        line.bindTooltip(function () { return rooster.box([["main", who], ["", visits(route.visits)]]); }, { sticky: true });
        lines.push(line.addTo(group));
      });
      route.stops.forEach(function (stop) {
        var told = [["quiet", who]].concat(stop[5].map(textOf));
        var title = textOf(stop[4])[1] + " · " + who;
        if (slim) {
          L.circleMarker([stop[0], stop[1]], { radius: many ? 3 : 4.5, weight: 1, color: "#ffffff", fillColor: nurse.colour, fillOpacity: 1 })
            .bindPopup(function () { return rooster.box(told); }, { maxWidth: 260 }).addTo(group);
        } else {
          rooster.marker({ lat: stop[0], lon: stop[1], label: stop[2], what: stop[3] & TASK ? "task" : "visit",
            critical: stop[3] & CRITICAL, title: title, lines: told }, stop[3] & TASK ? null : nurse.colour, 20).addTo(group);
        }
      });
      group.samenroosterThick = function (thick) {
        lines.forEach(function (line) { line.setStyle({ weight: thick ? 6 : weight }); });
        if (thick && group._map) group.bringToFront();
      };
      group.on("mouseover", function () { group.samenroosterThick(true); });
      group.on("mouseout", function () { group.samenroosterThick(false); });
      return (here.layers[key] = group);
    }

    // Dots instead of numbers where many stops lie close: all days together, or seen from far.
    function slim(here) { return here.state.day === "" && data.days.length > 1 || here.map.getZoom() < FAR; }

    function drawRoutes(here) {
      here.slim = slim(here);
      here.routes.clearLayers();
      here.plan.routes.forEach(function (route, number) {
        if (here.state.routes && shows(here.state, route)) here.routes.addLayer(routeLayer(here, route, number, here.slim));
      });
    }

    function drawAreas(here, bounds) {
      here.bounds = bounds;
      var most = Math.max.apply(null, here.sums.map(function (sum) { return sum.asked; }).concat([1]));
      here.areas.forEach(function (layer, number) {
        var sum = here.sums[number], value = here.state.measure ? valueOf(here.state.measure, sum) : null;
        var colour = value === null ? "" : RAMPS[here.state.measure][classOf(bounds, value)];
        if (data.areas[number].shape) {
          layer.setStyle({ fillColor: colour || "#ffffff", fillOpacity: colour ? 0.85 : 0.01 });
        } else if (sum.visits && here.state.measure) {
          layer.setRadius((here.slim ? 4 : 6) + (here.slim ? 8 : 14) * Math.sqrt(sum.asked / most));
          layer.setStyle({ fillColor: colour || "#ffffff", fillOpacity: colour ? 0.9 : 0.3 });
          layer.addTo(here.map);
        } else layer.remove();
      });
    }

    function draw(here, state, bounds) {
      here.open.clearLayers();
      here.visible = [];
      here.plan.routes.forEach(function (route) { if (shows(state, route)) here.visible.push(route); });
      drawRoutes(here);
      here.openCount = 0;
      here.plan.visits.forEach(function (row) { if (row[6] && onDay(state, row[1]) && ofOrganisation(state, row[2])) here.openCount += 1; });
      here.plan.open.forEach(function (row) {
        if (state.open && onDay(state, row[2]) && ofOrganisation(state, row[3])) {
          here.open.addLayer(rooster.openVisit({ lat: row[0], lon: row[1], title: textOf(row[4])[1], lines: row[5].map(textOf) }));
        }
      });
      drawAreas(here, bounds);
      labels(here);
    }

    function legend(state, bounds) {
      document.querySelectorAll("[data-legend]").forEach(function (place) {
        place.textContent = "";
        place.hidden = !state.measure;
        if (!state.measure) return;
        var table = document.createElement("table"), head = table.createCaption();
        head.textContent = words.legend[state.measure];
        var top = table.createTHead().insertRow(), body = table.createTBody();
        [""].concat(views.map(function (here) { return here.plan.name || words.districts; })).forEach(function (name) {
          var cell = document.createElement("th");
          cell.scope = "col";
          cell.textContent = name;
          top.appendChild(cell);
        });
        RAMPS[state.measure].forEach(function (colour, number) {
          var row = body.insertRow(), cell = document.createElement("th"), swatch = document.createElement("i");
          cell.scope = "row";
          swatch.style.backgroundColor = colour;
          cell.appendChild(swatch);
          cell.appendChild(document.createTextNode(words.classes[state.measure]
            ? words.classes[state.measure][number]
            : fill(number ? words.between : words.upto, { low: round(number ? bounds[number - 1] : 0, bounds[0]), high: round(bounds[number], bounds[0]) })));
          row.appendChild(cell);
          views.forEach(function (here) {
            row.insertCell().textContent = here.sums.filter(function (sum) {
              var value = valueOf(state.measure, sum);
              return value !== null && classOf(bounds, value) === number;
            }).length;
          });
        });
        place.appendChild(table);
      });
    }

    function told(state) {
      var parts = [state.day === "" ? words.all_days : data.days[state.day].words];
      if (!state.kindAll) {
        parts.push(fill(words.some_kinds, { kinds: data.kinds.filter(function (each, number) { return state.kind[number]; }).map(function (each) { return each.code; }).join(", ") || words.none }));
      }
      if (state.organisation && !state.organisationAll) {
        parts.push(data.organisations.filter(function (each, number) { return state.organisation[number]; }).join(", ") || words.no_organisation);
      }
      if (!state.nurseAll) {
        var count = Object.keys(state.nurse).length;
        parts.push(count === 1 ? data.nurses[Object.keys(state.nurse)[0]].name : fill(words.some_nurses, { count: count, all: data.nurses.length }));
      }
      views.forEach(function (here) {
        var counts = fill(words.counts, { routes: here.visible.length === 1 ? words.route : fill(words.routes, { count: here.visible.length }), open: visits(here.openCount) });
        parts.push((here.plan.name ? here.plan.name + ": " : "") + counts);
      });
      document.querySelectorAll("[data-state]").forEach(function (place) { place.textContent = parts.join(" · "); });
    }

    // The list of nurses: who drives on the chosen day, with her duty and the way to her page.
    function nurses(state) {
      inputs("nurse").forEach(function (box) {
        var row = box.closest("li"), number = Number(box.value), found = [];
        views.forEach(function (here) {
          here.plan.routes.forEach(function (route) {
            if (route.nurse === number && onDay(state, route.day) && ofOrganisation(state, route.organisation) && state.kind[route.kind]) found.push(route);
          });
        });
        row.hidden = !found.length;
        var chip = row.querySelector("[data-chip]"), place = row.querySelector("[data-page]");
        if (!found.length || !chip) return;
        var one = state.day !== "" ? found[0] : null, kind = one && data.kinds[one.kind];
        chip.className = one ? "chip " + kind.look : "";
        chip.textContent = one ? kind.code : "";
        var count = visits(found.reduce(function (sum, route) { return sum + route.visits; }, 0)), link = document.createElement(one && data.nurses[number].page ? "a" : "span");
        link.textContent = count;
        if (link.tagName === "A") {
          link.href = "routes/" + data.nurses[number].id + "_" + data.days[one.day].id + ".html";
          link.setAttribute("aria-label", count + ". " + fill(words.page, { nurse: data.nurses[number].name, day: data.days[one.day].words }));
        }
        place.replaceChildren(link);
      });
    }

    function tables(state) {
      document.querySelectorAll("[data-route]").forEach(function (row) {
        row.hidden = !shows(state, data.plans[row.getAttribute("data-plan") || 0].routes[row.getAttribute("data-route")]);
      });
      document.querySelectorAll("tr[data-open-day]").forEach(function (row) {
        row.hidden = !(onDay(state, Number(row.getAttribute("data-open-day"))) && ofOrganisation(state, row.getAttribute("data-open-of")));
      });
      document.querySelectorAll("tr[data-area]").forEach(function (row) {
        var number = row.getAttribute("data-area");
        row.querySelectorAll("td[data-plan]").forEach(function (cell) {
          var sum = views[cell.getAttribute("data-plan")].sums[number], what = cell.getAttribute("data-what");
          cell.textContent = what === "visits" ? decimal(sum.visits, 0) : shown(what, sum);
        });
        row.hidden = views.every(function (here) { return !here.sums[number].visits; });
      });
      document.querySelectorAll("[data-when]").forEach(function (place) { place.textContent = state.day === "" ? words.all_days : data.days[state.day].words; });
    }

    function show() {
      var state = chosen(), values = [];
      views.forEach(function (here) {
        here.state = state;
        here.dayWords = state.day === "" ? words.all_days : data.days[state.day].words;
        here.sums = counted(here.plan, state, data.areas.length);
        here.order = data.areas.map(function (each, number) { return number; }).sort(function (a, b) {
          return here.sums[b].asked - here.sums[a].asked || data.areas[b].people - data.areas[a].people;
        });
        here.sums.forEach(function (sum) { var value = valueOf(state.measure, sum); if (value !== null) values.push(value); });
        here.map.closePopup();
      });
      var bounds = classes(state.measure, values);
      views.forEach(function (here) { draw(here, state, bounds); });
      legend(state, bounds);
      told(state);
      nurses(state);
      tables(state);
      if (rooster.pairFigures) rooster.pairFigures(data, state, { onDay: onDay, ofOrganisation: ofOrganisation, decimal: decimal });
    }

    document.querySelectorAll("[data-choices] input").forEach(function (each) { each.addEventListener("change", show); });
    document.querySelectorAll("button[data-all]").forEach(function (button) {
      button.addEventListener("click", function () {
        inputs(button.getAttribute("data-of")).forEach(function (box) { box.checked = button.getAttribute("data-all") === "yes"; });
        show();
      });
    });
    inputs("nurse").forEach(function (box) {
      function thick(yes) {
        return function () {
          views.forEach(function (here) {
            here.routes.eachLayer(function (group) { group.samenroosterThick(false); });
            here.plan.routes.forEach(function (route, number) {
              if (route.nurse !== Number(box.value)) return;
              [number, number + "-slim", number + "-many"].forEach(function (key) {
                if (here.layers[key] && here.routes.hasLayer(here.layers[key])) here.layers[key].samenroosterThick(yes);
              });
            });
          });
        };
      }
      var row = box.closest("li");
      row.addEventListener("mouseenter", thick(true));
      row.addEventListener("mouseleave", thick(false));
      box.addEventListener("focus", thick(true));
      box.addEventListener("blur", thick(false));
    });
    document.querySelectorAll("button[data-find]").forEach(function (button) {
      button.addEventListener("click", function () {
        var number = button.getAttribute("data-find"), here = views[0], area = data.areas[number];
        here.map.getContainer().scrollIntoView({ block: "nearest" });
        here.map.setView(area.at, Math.max(here.map.getZoom(), NARROW + 1), { animate: false });
        here.areas[number].openPopup(L.latLng(area.at));
      });
    });
    document.querySelectorAll("details[data-fold]").forEach(function (each) { each.open = false; });
    rooster.together(maps);
    rooster.onPaper(maps);
    show();
  };
})(samenrooster);
