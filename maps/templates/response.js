"use strict";
// The map of response: which part of the week and which figure is chosen, and how that colours districts.
// A figure of an area is [in time %, mean minutes, minutes for 90 %, visits, nobody %, low %, high %]; none is no calls.
// Texts from data become text nodes, never markup.
(function (rooster) {
  var AT = { within: 0, mean: 1, p90: 2, visits: 3 }, NOBODY = 4, LOW = 5, HIGH = 6, FIRST = 20;
  // blue is as it should be, orange is not; lightness alone tells the order
  var LATE = ["#dceaf6", "#b4d5ea", "#7fb8dc", "#e0702a", "#8f2d02"];
  var RAMPS = { within: ["#8f2d02", "#d9580f", "#fdae6b", "#a9cfe8", "#d3e6f5"], mean: LATE, p90: LATE,
    visits: ["#e4e2f1", "#c3bfe0", "#9d98c9", "#756fb0", "#4a3f8c"] };
  var EMPTY = "#5d6677";

  function fill(words, values) { return words.replace(/\{(\w+)\}/g, function (all, name) { return values[name]; }); }

  rooster.response = function (maps, data) {
    var words = data.words, state = {}, busiest = 0;
    data.scenarios.forEach(function (each) {
      Object.keys(each.parts).forEach(function (part) {
        each.parts[part].forEach(function (row) { if (row.length) busiest = Math.max(busiest, row[AT.visits]); });
      });
    });
    var views = maps.map(function (map, number) { return view(map, data.scenarios[number]); });

    function decimal(value, digits) {
      return value.toLocaleString(data.language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    }
    function rowOf(here, number) { return here.scenario.parts[state.part][number]; }
    function valueOf(here, number) { var row = rowOf(here, number); return row.length ? row[AT[state.figure]] : null; }
    function classOf(value) {
      var bounds = data.bounds[state.figure][state.part];
      for (var number = 0; number < 4; number++) if (value <= bounds[number] + 1e-9) return number;
      return 4;
    }
    function colourOf(here, number) {
      if (!rowOf(here, number).length) return "";
      var value = valueOf(here, number);
      return value === null ? EMPTY : RAMPS[state.figure][classOf(value)];
    }
    function short(here, number) {
      var value = valueOf(here, number);
      if (value === null) return rowOf(here, number).length ? words.empty : "";
      return fill(words.short[state.figure], { value: decimal(value, state.figure === "visits" ? 2 : 0) });
    }
    function shares(row) {
      var told = row[AT.within] === null ? "–" : fill(words.within, { value: row[AT.within] });
      return row[LOW] === null ? told : told + " " + fill(words.interval, { low: row[LOW], high: row[HIGH] });
    }

    // What is known of a district in the chosen part of the week, for each scenario.
    function areaBox(number) {
      var area = data.areas[number], lines = [["main", area.name], ["quiet", area.town !== area.name ? area.town : ""], ["quiet", area.owners]];
      views.forEach(function (here) {
        var row = rowOf(here, number);
        lines.push(["quiet", here.scenario.title + " · " + words.part[state.part]]);
        if (!row.length) { lines.push(["", words.none]); return; }
        lines.push(["", fill(words.visits, { visits: decimal(row[AT.visits], 2) })], ["", shares(row)]);
        if (row[AT.mean] === null) lines.push(["bad", words.nobody]);
        else lines.push(["", fill(words.mean, { value: row[AT.mean] })], ["", row[AT.p90] === null ? "" : fill(words.p90, { value: row[AT.p90] })]);
        if (row[NOBODY] && row[AT.mean] !== null) lines.push(["bad", fill(words.unanswered, { value: row[NOBODY] })]);
      });
      return rooster.box(lines);
    }

    function view(map, scenario) {
      var here = { map: map, scenario: scenario, labels: L.layerGroup().addTo(map) };
      map.createPane("areas").style.zIndex = 360;
      map.getPane("areas").setAttribute("aria-hidden", "true");
      here.areas = data.areas.map(function (area, number) {
        if (!area.shape && !data.tiles && area.metres) {
          L.circle(area.at, { pane: "ground", radius: area.metres, weight: 1, color: "#cfd8d0", fillColor: "#dfe6df", fillOpacity: 0.5,
            interactive: false }).addTo(map);
        }
        var layer = area.shape
          ? L.polygon(area.shape.map(function (rings) { return rings.map(rooster.decoded); }), { pane: "areas", weight: 1, color: "#93a598", fillOpacity: 0 })
          : L.circleMarker(area.at, { pane: "areas", weight: 1, color: "#4a5a63", radius: 6 });
        layer.bindPopup(function () { return areaBox(number); }, { maxWidth: 290, autoPanPadding: [20, 20] });
        layer.bindTooltip(function () { return rooster.box([["main", area.name], ["", short(here, number) || words.none]]); }, { sticky: true });
        if (area.shape) layer.addTo(map);
        return layer;
      });
      data.posts.forEach(function (post) {
        var face = document.createElement("div");
        face.className = "pin";
        face.textContent = "P";
        rooster.named(L.marker(post.at, { icon: L.divIcon({ className: "", html: face, iconSize: [22, 22] }), title: post.name, alt: post.name,
          zIndexOffset: 500 }), post.name).bindPopup(rooster.box([["main", post.name]])).addTo(map);
      });
      map.on("zoomend moveend", function () { if (state.part) labels(here); });
      return here;
    }

    function draw(here) {
      here.areas.forEach(function (layer, number) {
        var row = rowOf(here, number), colour = colourOf(here, number);
        if (data.areas[number].shape) {
          layer.setStyle({ fillColor: colour || "#ffffff", fillOpacity: colour ? 0.88 : 0.01 });
        } else if (row.length) {
          layer.setRadius(6 + 13 * Math.sqrt(row[AT.visits] / busiest));
          layer.setStyle({ fillColor: colour, fillOpacity: 0.92 });
          layer.addTo(here.map);
        } else layer.remove();
      });
    }

    // Towns from far, districts with their figure from near: most visits first, each only where it hits no other.
    function labels(here) {
      var map = here.map, far = map.getZoom() < 12, taken = [], towns = {}, bounds = map.getBounds();
      here.labels.clearLayers();
      // below the dot where a district is one, so that its colour is seen
      function put(number, lines, className) {
        var area = data.areas[number], dot = here.areas[number], shown = !area.shape && map.hasLayer(dot);
        var width = Math.max.apply(null, lines.map(function (each) { return each.length; })) * (className === "town" ? 7.2 : 6.2) + 6;
        var height = 14 * lines.length, point = map.latLngToContainerPoint(area.at);
        var down = shown && className !== "town" ? dot.getRadius() + 3 + height / 2 : 0;
        var box = [point.x - width / 2, point.y + down - height / 2, point.x + width / 2, point.y + down + height / 2];
        if (box[0] < 0 || box[2] > map.getSize().x) return false;
        if (taken.some(function (other) { return box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]; })) return false;
        taken.push(box);
        var face = document.createElement("div");
        lines.forEach(function (line, number) {
          var part = document.createElement("div");
          if (number) part.className = "value";
          part.textContent = line;
          face.appendChild(part);
        });
        L.marker(area.at, { pane: "names", interactive: false, keyboard: false, icon: L.divIcon({ className: "place-name " + className, html: face,
          iconSize: [width, height], iconAnchor: [width / 2, height / 2 - down] }) }).addTo(here.labels);
        return true;
      }
      here.order.forEach(function (number) {
        var area = data.areas[number], told = short(here, number);
        if (!bounds.contains(area.at)) return;
        if (far) { if (area.town && !towns[area.town]) towns[area.town] = put(number, [area.town], "town"); return; }
        put(number, told ? [area.name, told] : [area.name], told ? "told" : "");
      });
    }

    function legend() {
      document.querySelectorAll("[data-legend]").forEach(function (place) {
        place.textContent = "";
        var table = document.createElement("table"), top = table.createTHead().insertRow(), body = table.createTBody(), slow;
        table.createCaption().textContent = words.legend[state.figure];
        [""].concat(views.length > 1 ? views.map(function (here) { return here.scenario.title; }) : [words.districts]).forEach(function (name) {
          var cell = document.createElement("th");
          cell.scope = "col";
          cell.textContent = name;
          top.appendChild(cell);
        });
        var rows = RAMPS[state.figure].map(function (colour, number) { return [colour, data.classes[state.figure][state.part][number]]; });
        rows.concat([[EMPTY, words.empty]]).forEach(function (entry) {
          var counts = views.map(function (here) { return here.areas.filter(function (each, number) { return colourOf(here, number) === entry[0]; }).length; });
          if (entry[0] === EMPTY && !counts.some(Boolean)) return;
          var row = body.insertRow(), cell = document.createElement("th"), swatch = document.createElement("i");
          cell.scope = "row";
          swatch.style.backgroundColor = entry[0];
          cell.appendChild(swatch);
          cell.appendChild(document.createTextNode(entry[1]));
          row.appendChild(cell);
          counts.forEach(function (count) { row.insertCell().textContent = count; });
        });
        place.appendChild(table);
        if (state.figure === "p90" && state.part === "all") {
          slow = document.createElement("p");
          slow.className = "quiet";
          slow.textContent = words.slowest;
          place.appendChild(slow);
        }
      });
    }

    // The figures of the chosen part; the worst under the first scenario come first, as maps/response_tables.py sorts.
    function table() {
      var body = document.querySelector("table[data-districts] tbody"), all = document.querySelector("input[data-more]");
      var rows = Array.prototype.slice.call(body.rows);
      function key(row) {
        var told = rowOf(views[0], Number(row.getAttribute("data-area")));
        return told.length && told[AT.within] !== null ? [told[AT.within], -told[AT.visits]] : [101, 0];
      }
      rows.forEach(function (row) {
        var number = Number(row.getAttribute("data-area")), visits = "–";
        views.forEach(function (here, scenario) {
          var told = rowOf(here, number), cells = ["–", "–", "–", "–"];
          if (told.length) {
            if (visits === "–") visits = decimal(told[AT.visits], 2);
            cells = [told[AT.within] === null ? "–" : told[AT.within] + "%" + (told[LOW] === null ? "" : " (" + told[LOW] + "–" + told[HIGH] + ")"),
              told[AT.mean] === null ? "–" : decimal(told[AT.mean], 0), told[AT.p90] === null ? "–" : decimal(told[AT.p90], 0),
              told[NOBODY] === null ? "–" : told[NOBODY] + "%"];
          }
          cells.forEach(function (cell, at) { row.querySelector('[data-cell="' + scenario + "-" + at + '"]').textContent = cell; });
        });
        row.querySelector("[data-visits]").textContent = visits;
        if (views.length !== 2) return;
        var pair = views.map(function (here) { var told = rowOf(here, number); return told.length ? told[AT.within] : null; });
        var points = pair[0] === null || pair[1] === null ? null : pair[1] - pair[0];
        row.querySelector("[data-change]").textContent = points === null ? "–" : (points > 0 ? "+" : points < 0 ? "−" : "") + Math.abs(points);
      });
      rows.sort(function (one, other) { var a = key(one), b = key(other); return a[0] - b[0] || a[1] - b[1]; });
      rows.forEach(function (row, at) { row.hidden = Boolean(all) && !all.checked && at >= FIRST; body.appendChild(row); });
      document.querySelectorAll("[data-part-name]").forEach(function (each) { each.textContent = words.part[state.part]; });
    }

    function show() {
      ["part", "figure"].forEach(function (name) {
        document.querySelectorAll("input[data-" + name + "]:checked").forEach(function (each) { state[name] = each.value; });
      });
      if (!state.part) return; // no calls at all
      views.forEach(function (here) {
        here.order = data.areas.map(function (each, number) { return number; }).sort(function (a, b) {
          return (rowOf(here, b)[AT.visits] || 0) - (rowOf(here, a)[AT.visits] || 0);
        });
        here.map.closePopup();
        draw(here);
        labels(here);
      });
      legend();
      table();
      document.querySelectorAll("[data-state]").forEach(function (each) {
        each.textContent = fill(words.state, { part: words.part[state.part], figure: words.legend[state.figure] });
      });
    }

    document.querySelectorAll("[data-choices] input, input[data-more]").forEach(function (each) { each.addEventListener("change", show); });
    document.querySelectorAll("button[data-find]").forEach(function (button) {
      button.addEventListener("click", function () {
        var number = button.getAttribute("data-find"), here = views[0], area = data.areas[number];
        here.map.getContainer().scrollIntoView({ block: "nearest" });
        here.map.setView(area.at, Math.max(here.map.getZoom(), 13), { animate: false });
        here.areas[number].openPopup(L.latLng(area.at));
      });
    });
    rooster.together(maps);
    rooster.onPaper(maps);
    show();
  };
})(samenrooster);
