// Drags a family on the board of a round to a free place, or onto another family. Without this file, the links do.
(function () {
  var dragged = "";
  document.addEventListener("dragstart", function (event) {
    var from = event.target.closest && event.target.closest("[data-wish]");
    if (!from) return;
    dragged = from.dataset.wish;
    event.dataTransfer.setData("text/plain", dragged);
    event.dataTransfer.effectAllowed = "move";
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
    dragged = "";
    form.submit();
  });
})();
