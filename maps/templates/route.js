"use strict";
// iPhones, iPads and Macs know maps: only, all others geo: only; each shows the one that it can follow.
(function () {
  var apple = /iPhone|iPad|iPod|Macintosh/.test(navigator.userAgent);
  document.querySelectorAll("a.apple").forEach(function (link) {
    var other = link.parentNode.querySelector("a.geo");
    if (apple && other) other.href = link.href;
    link.hidden = true;
  });
})();
