// Plays a voice note in place. Without this file the link opens the sound itself.
document.addEventListener("click", function (event) {
  var link = event.target.closest && event.target.closest("a.voice");
  if (!link) return;
  event.preventDefault();
  link.sound = link.sound || new Audio(link.href);
  if (link.sound.paused) link.sound.play(); else link.sound.pause();
});
