// Looks for news now and then, and shows them unless somebody is writing.
const where = document.body.dataset.version;
const known = document.body.dataset.known; // as the page was made: what came since then is news
const busy = () => [...document.querySelectorAll("textarea, input[type=search]")].some((box) => box.value);
const look = async () => {
  try {
    const said = await (await fetch(where)).text();
    if (said !== known && !busy() && !document.querySelector("details[open]")) location.reload();
  } catch {
    // The town is gone for now; the next look finds it again.
  }
  setTimeout(look, 1500);
};
look();
