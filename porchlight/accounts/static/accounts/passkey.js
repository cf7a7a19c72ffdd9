// A passkey that was refused or forgotten: say so in the page, where allauth would only tell the console.
document.addEventListener("allauth.error", function (event) {
  var note = document.getElementById("passkey-trouble");
  if (!note) return;
  event.preventDefault();
  note.hidden = false;
  note.scrollIntoView({ block: "nearest" });
});
