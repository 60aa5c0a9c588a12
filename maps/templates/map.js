"use strict";
// What Leaflet draws on our maps. Texts from data become text nodes, never markup.
var samenrooster = (function () {
  function box(lines) {
    var node = document.createElement("div");
    lines.forEach(function (line) {
      if (!line[1]) return;
      var part = document.createElement("div");
      part.className = line[0];
      part.textContent = line[1];
      node.appendChild(part);
    });
    return node;
  }

  function frame(map, data) {
    map.attributionControl.setPrefix("Leaflet");
    // Leaflet takes it for markup
    var source = document.createElement("span");
    source.textContent = data.attribution || "";
    if (data.attribution) map.attributionControl.addAttribution(source.innerHTML);
    L.control.zoom({ position: "topright", zoomInTitle: data.zoomIn, zoomOutTitle: data.zoomOut }).addTo(map);
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
    map.on("popupopen", function (event) {
      var button = event.popup.getElement().querySelector(".leaflet-popup-close-button");
      if (button) button.setAttribute("aria-label", data.close);
    });
    map.createPane("ground").style.zIndex = 350;
    map.createPane("names").style.zIndex = 450;
    map.getPane("names").style.pointerEvents = "none";
    // a thousand nameless shapes say nothing to a screen reader: the lists and tables hold what they show
    ["overlayPane", "ground", "names"].forEach(function (pane) { map.getPane(pane).setAttribute("aria-hidden", "true"); });
    map.samenroosterFit = function () { map.fitBounds(data.bounds, { padding: [34, 34], maxZoom: 16, animate: false }); };
    map.samenroosterFit();
  }

  // Names of districts, the largest first, each only where it hits no other; towns when far away.
  function names(map, items) {
    var layer = L.layerGroup().addTo(map);
    function measure(text, town) { return text.length * (town ? 7.2 : 6) + 8; }
    function place() {
      layer.clearLayers();
      var town = map.getZoom() < 12, seen = {}, taken = [], view = map.getBounds().pad(0.1);
      items.forEach(function (item) {
        var text = town ? item.town : item.name;
        if (!text || (town && seen[text]) || !view.contains([item.lat, item.lon])) return;
        var point = map.latLngToContainerPoint([item.lat, item.lon]), width = measure(text, town);
        var area = [point.x - width / 2, point.y - 8, point.x + width / 2, point.y + 8];
        if (area[0] < 0 || area[2] > map.getSize().x) return;  // half a name tells nothing
        if (taken.some(function (other) {
          return area[0] < other[2] && other[0] < area[2] && area[1] < other[3] && other[1] < area[3];
        })) return;
        seen[text] = true;
        taken.push(area);
        var label = document.createElement("div");
        label.textContent = text;
        L.marker([item.lat, item.lon], { pane: "names", interactive: false, keyboard: false, icon: L.divIcon({
          className: "place-name" + (town ? " town" : ""), html: label, iconSize: [width, 14]
        }) }).addTo(layer);
      });
    }
    map.on("zoomend moveend", place);
    place();
  }

  function districts(map, data) {
    data.items.forEach(function (item) {
      L.circle([item.lat, item.lon], { pane: "ground", radius: item.radius, stroke: true, weight: 1, color: "#cfd8d0",
        fillColor: "#dfe6df", fillOpacity: 0.55, interactive: false }).addTo(map);
    });
    names(map, data.items.slice().sort(function (a, b) { return b.people - a.people; }));
  }

  // Leaflet names only pictures: a drawn pin would be read as its number alone
  function named(pin, words) {
    return pin.on("add", function () { pin.getElement().setAttribute("aria-label", words); });
  }

  function marker(stop, colour, size) {
    var face = document.createElement("div");
    face.className = "stop " + stop.what + (stop.critical ? " critical" : "");
    face.textContent = stop.label;
    if (colour) face.style.backgroundColor = colour;
    var width = Math.max(size, 8 + stop.label.length * size * 0.34);
    return named(L.marker([stop.lat, stop.lon], {
      icon: L.divIcon({ className: "", html: face, iconSize: [width, size] }), title: stop.title, alt: stop.title, riseOnHover: true
    }), stop.title).bindPopup(box(stop.lines), { maxWidth: 260, autoPanPadding: [20, 20] });
  }

  function path(points, colour, weight) {
    return L.polyline(points, { color: colour, weight: weight, opacity: 0.85, lineJoin: "round", interactive: false });
  }

  // One route with home and a list beside the map whose numbers open the popups.
  function route(map, data) {
    data.parts.forEach(function (part) {
      path(part.points, "#ffffff", 7).addTo(map);
      path(part.points, "#0b5c7a", 3.5).addTo(map);
      part.homeLegs.forEach(function (leg) {
        L.polyline(leg, { color: "#0b5c7a", weight: 2, dashArray: "3 6", opacity: 0.7, interactive: false }).addTo(map);
      });
    });
    if (data.home) {
      named(L.marker(data.home, { icon: L.divIcon({ className: "", html: '<div class="home">⌂</div>', iconSize: [24, 24] }),
        title: data.homeWord, alt: data.homeWord }), data.homeWord).bindPopup(box([["main", data.homeWord]])).addTo(map);
    }
    var markers = {};
    data.stops.forEach(function (stop) {
      var pin = marker(stop, null, 28).addTo(map);
      stop.numbers.forEach(function (number) { markers[number] = pin; });
    });
    document.querySelectorAll("[data-stop]").forEach(function (link) {
      link.addEventListener("click", function (event) {
        var pin = markers[link.getAttribute("data-stop")];
        if (!pin) return;
        event.preventDefault();
        map.getContainer().scrollIntoView({ block: "nearest" });
        pin.openPopup();
      });
    });
  }

  function openVisit(item) {
    return named(L.marker([item.lat, item.lon], {
      icon: L.divIcon({ className: "", html: '<div class="open-visit"></div>', iconSize: [18, 18] }), title: item.title,
      alt: item.title, zIndexOffset: 500
    }), item.title).bindPopup(box(item.lines), { maxWidth: 260 });
  }

  // An encoded polyline with five decimals: the reverse of maps/team_lines.py.
  function decoded(text) {
    var points = [], at = 0, sums = [0, 0];
    while (at < text.length) {
      for (var axis = 0; axis < 2; axis++) {
        var value = 0, shift = 0, part;
        do {
          part = text.charCodeAt(at++) - 63;
          value |= (part & 31) << shift;
          shift += 5;
        } while (part >= 32);
        sums[axis] += value & 1 ? ~(value >> 1) : value >> 1;
      }
      points.push([sums[0] / 1e5, sums[1] / 1e5]);
    }
    return points;
  }

  // Maps beside each other show the same piece of land.
  function together(maps) {
    var busy = false;
    maps.forEach(function (map) {
      map.on("move zoomend", function () {
        if (busy) return;
        busy = true;
        maps.forEach(function (other) { if (other !== map) other.setView(map.getCenter(), map.getZoom(), { animate: false }); });
        busy = false;
      });
    });
  }

  // A print keeps what is in view: the map gets the size of the paper before, and its own after.
  function onPaper(maps) {
    var seen = [];
    function sized(map, number) {
      map.invalidateSize({ animate: false, pan: false });
      map.fitBounds(seen[number], { animate: false });
    }
    window.addEventListener("beforeprint", function () {
      seen = maps.map(function (map) { return map.getBounds(); });
      document.body.classList.add("on-paper");
      maps.forEach(sized);
    });
    window.addEventListener("afterprint", function () {
      document.body.classList.remove("on-paper");
      maps.forEach(sized);
    });
  }

  return { frame: frame, districts: districts, route: route, box: box, named: named, marker: marker, openVisit: openVisit,
    decoded: decoded, together: together, onPaper: onPaper };
})();
