// Shows that there is news, and opens the page behind it. Keeps nothing, and stands in no page's way.
self.addEventListener("push", function (event) {
  var said = event.data ? event.data.json() : {};
  event.waitUntil(self.registration.showNotification(said.title || "", {
    lang: said.lang, dir: said.dir, tag: "news", renotify: true, data: said.url
  }));
});
self.addEventListener("notificationclick", function (event) {
  event.notification.close();
  var page = new URL(event.notification.data || "/", self.location.origin);
  if (page.origin === self.location.origin) event.waitUntil(self.clients.openWindow(page.href));
});
