// Plays a voice note in place. Without this file, or when the sound cannot be played here, the link opens it.
document.addEventListener("click", function (event) {
  var link = event.target.closest && event.target.closest("a.voice");
  if (!link) return;
  event.preventDefault();
  link.sound = link.sound || new Audio(link.href);
  if (!link.sound.paused) return link.sound.pause();
  link.sound.play().catch(function () { location.href = link.href; });
});
