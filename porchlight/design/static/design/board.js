// Drags a family on the board of a round to a free place, or onto another family. Without this file, the links do.
// What changes elsewhere comes by the page's stream; as long as there is none, the board looks by itself.
(function () {
  var dragged = "", missed = false, listens = false;
  function look() {
    missed = false;
    if (window.htmx) window.htmx.trigger("#board", "look");
  }
  document.addEventListener("dragstart", function (event) {
    var from = event.target.closest && event.target.closest("[data-wish]");
    if (!from) return;
    dragged = from.dataset.wish;
    event.dataTransfer.setData("text/plain", dragged);
    event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragend", function () {
    dragged = "";
    if (missed) look();
  });
  function under(event) {
    if (!dragged || !event.target.closest) return null;
    var other = event.target.closest("td [data-wish]");
    if (other && other.dataset.wish !== dragged) return other;
    return event.target.closest("td[data-at]");
  }
  document.addEventListener("dragover", function (event) {
    if (under(event)) event.preventDefault();
  });
  document.addEventListener("drop", function (event) {
    var to = under(event), form = document.getElementById("drop");
    if (!to || !form) return;
    event.preventDefault();
    if (to.dataset.wish) {
      form.action = form.dataset.swap;
      form.elements.one.value = dragged;
      form.elements.other.value = to.dataset.wish;
    } else {
      form.action = form.dataset.place.replace("WISH", dragged);
      form.elements.at.value = to.dataset.at;
    }
    form.submit();
  });
  // Nothing is exchanged under a hand that drags.
  document.addEventListener("htmx:before:request", function (event) {
    if (!dragged || event.target.id !== "board") return;
    event.preventDefault();
    missed = true;
  });
  document.addEventListener("htmx:after:sse:connection", function () { listens = true; });
  ["htmx:sse:error", "htmx:sse:close"].forEach(function (name) {
    document.addEventListener(name, function () { listens = false; });
  });
  setInterval(function () {
    if (!listens && !dragged && !document.hidden) look();
  }, 15000);
})();
