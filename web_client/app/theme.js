// Light or dark as chosen here, before anything is painted: an ordinary script and no module, so that no page flashes in the
// other. Changing it afterwards is `wear` in preferences.js.
(() => {
  try {
    const theme = JSON.parse(localStorage.getItem("bedside.preferences") ?? "{}")?.theme;
    if (theme === "light" || theme === "dark") document.documentElement.dataset["theme"] = theme;
  } catch {
    // no storage, or nonsense in it: as the system wishes
  }
})();
