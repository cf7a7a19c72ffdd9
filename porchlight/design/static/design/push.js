// Notes on this screen. Without this file the page offers none, and lacks nothing else.
(function () {
  var open = document.querySelector("form[data-opened]");
  if (open) fetch(open.action, { method: "POST", body: new FormData(open) });
  var form = document.querySelector("form[data-push]");
  if (!form || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  var field = form.querySelector("[data-subscription]"), refused = form.querySelector("[data-refused]");
  var at = new URL(form.dataset.worker, location.href);
  var scope = new URL(form.dataset.scope + "/", at).pathname; // one for each school: each has a key of its own
  if (form.hidden && Notification.permission !== "denied") {
    navigator.serviceWorker.getRegistration(scope).then(function (found) {
      return found && new URL(found.scope).pathname === scope ? found.pushManager.getSubscription() : null;
    }).then(function (found) { form.hidden = Boolean(found); });
  }
  function awake(worker) {
    if (worker.active) return worker;
    return new Promise(function (done) {
      (worker.installing || worker.waiting).addEventListener("statechange", function () {
        if (worker.active) done(worker);
      });
    });
  }
  form.addEventListener("submit", function (event) {
    if (field.value) return;
    event.preventDefault();
    navigator.serviceWorker.register(at.pathname, { scope: scope }).then(awake).then(function (worker) {
      return worker.pushManager.getSubscription().then(function (old) {
        return old && old.unsubscribe();
      }).then(function () {
        return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: form.dataset.push });
      });
    }).then(function (found) {
      field.value = JSON.stringify(found);
      form.submit();
    }).catch(function () { refused.hidden = false; });
  });
})();
