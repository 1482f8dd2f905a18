// The catalogue, the picture, the tasks of units, the page of a document, and the state of the corpus.
(() => {
  const { words, call, download, on, openTab, ready } = window.hoidap;
  const byId = (id) => document.getElementById(id);
  const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const fill = (name, fields) => words[name].replace(/\{(\w+)\}/g, (_, key) => fields[key]);

  // Catalogue: rows leave the view, never the page.
  const table = () => document.querySelector("table.catalogue");
  const rows = () => [...table().tBodies[0].rows];
  const filter = () => {
    const form = document.querySelector("#views form.filters");
    const wanted = new FormData(form);
    const said = bare(wanted.get("text")).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows()) {
      const fits = ["level", "type", "issuer", "year", "held"].every(
        (name) => !wanted.get(name) || row.dataset[name] === wanted.get(name),
      ) && said.every((part) => row.dataset.said.includes(part));
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    document.querySelector("#views .count").textContent = fill("count_shown", { shown, count: rows().length });
    document.querySelector("#views .no-match").hidden = shown > 0;
    table().hidden = !shown;
  };
  const sortBy = (column, down) => {
    const of = (row) => row.cells[column].dataset.by ?? row.cells[column].textContent;
    const order = new Intl.Collator("vi", { numeric: true });
    const sorted = rows().sort((one, other) => order.compare(of(one), of(other)));
    table().tBodies[0].append(...(down ? sorted.reverse() : sorted));
    [...table().tHead.rows[0].cells].forEach((head, at) => {
      if (at === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    document.querySelector('#views select[name="sort"]').value = String(column);
  };
  on("click", "table.catalogue button.sort", (button) => {
    sortBy(Number(button.dataset.column), button.closest("th").getAttribute("aria-sort") === "ascending");
  });
  on("input", '#views select[name="sort"]', (select) => sortBy(Number(select.value), false));
  on("input", '#views select[name="unit"]', (select) => showTasks(select.value));
  on("input", "#views form.filters", filter);
  on("submit", "#views form.filters", () => {});

  // Views
  const showView = (name) => {
    for (const button of document.querySelectorAll("button.view")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === name));
    }
    for (const body of document.querySelectorAll(".view-body")) body.hidden = body.dataset.view !== name;
    if (name === "picture") showPicture();
  };
  on("click", "button.view", (button) => showView(button.dataset.view));

  // Picture: Plotly comes from this server, when it is first looked at.
  const colour = (name) => getComputedStyle(document.querySelector(".gradio-container")).getPropertyValue(name).trim();
  const loadPlotly = () => window.Plotly ? Promise.resolve() : new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("assets-hoidap/plotly.min.js", document.baseURI).href;
    script.onload = resolve;
    script.onerror = () => reject(new Error(words.lost));
    document.head.append(script);
  });
  let drawn = null;
  const showPicture = () => {
    drawn ??= draw().catch((fault) => { drawn = null; byId("picture").textContent = fault.message; });
  };
  const sparse = ({ tickvals = [], ticktext = [] }) => {
    const few = (_, at) => at % 4 === 0;
    return { tickvals: tickvals.filter(few), ticktext: ticktext.filter(few), tickangle: 0, title: { text: "" } };
  };
  const draw = async () => {
    const [{ figure, table: told }] = await Promise.all([call("page_picture"), loadPlotly()]);
    const home = byId("picture");
    document.querySelector(".picture-table div").innerHTML = told;
    const ink = colour("--body-text-color");
    const lines = colour("--border-color-primary");
    const narrow = window.innerWidth < 700;
    const axis = { gridcolor: lines, linecolor: lines, fixedrange: narrow };
    const layout = {
      ...figure.layout,
      paper_bgcolor: "transparent",
      plot_bgcolor: "transparent",
      font: { family: getComputedStyle(document.querySelector(".gradio-container")).fontFamily, color: ink, size: 13 },
      xaxis: { ...figure.layout.xaxis, ...axis, ...(narrow ? sparse(figure.layout.xaxis) : {}) },
      yaxis: { ...figure.layout.yaxis, ...axis },
    };
    if (narrow) Object.assign(layout, { height: 760, legend: { orientation: "h", y: -0.12, yanchor: "top" } });
    home.textContent = "";
    await window.Plotly.newPlot(home, figure.data, layout, { displayModeBar: false, responsive: true });
    home.on("plotly_click", ({ points }) => {
      const key = points.find((point) => point.customdata)?.customdata;
      if (key) openDocument(key);
    });
  };

  // Tasks
  const showTasks = async (unit) => {
    const home = document.querySelector("#views .tasks");
    if (!unit) { home.replaceChildren(); return; }
    try {
      home.innerHTML = (await call("page_tasks", unit)).html;
    } catch (fault) {
      home.textContent = fault.message;
    }
  };
  on("click", "button.export-excel", async (button) => {
    try {
      await download(`xuat/nhiem-vu.xlsx?${new URLSearchParams({ don_vi: button.dataset.unit })}`, words.tasks_file);
    } catch (fault) {
      window.alert(fault.message);
    }
  });

  // The page of a document stands in the place of the views until it is left.
  const HASH = "van-ban";
  const openDocument = async (key, start = 0, end = 0, whole = false) => {
    let html;
    try {
      ({ html } = await call("page_document", key, start, end, whole));
    } catch (fault) {
      window.alert(fault.message);
      return;
    }
    document.getElementById("columns")?.classList.remove("sources-open");
    openTab("van-ban");
    const page = await ready("#document-page");
    page.innerHTML = html;
    page.hidden = false;
    byId("views").hidden = true;
    history.replaceState(null, "", `#${new URLSearchParams([[HASH, key]])}`);
    await new Promise(requestAnimationFrame);
    const target = byId("shown") ?? page.querySelector("h2");
    target.focus({ preventScroll: true });
    if (byId("shown")) target.scrollIntoView({ block: "center" });
    else window.scrollTo(0, 0);
  };
  const closeDocument = () => {
    byId("document-page").hidden = true;
    byId("document-page").replaceChildren();
    byId("views").hidden = false;
    history.replaceState(null, "", window.location.pathname + window.location.search);
  };
  on("click", "button.open-document", ({ dataset }) => {
    openDocument(dataset.document, Number(dataset.start ?? 0), Number(dataset.end ?? 0), dataset.whole === "yes");
  });
  on("click", "button.close-document", closeDocument);

  // State of the corpus
  const showStore = async () => {
    const home = await ready("#store");
    try {
      home.innerHTML = (await call("page_store")).html;
    } catch (fault) {
      home.textContent = fault.message;
    }
  };
  ready("#kho-van-ban-button").then((tab) => tab.addEventListener("click", showStore));

  const openLinked = () => {
    const key = new URLSearchParams(window.location.hash.slice(1)).get(HASH);
    if (key) openDocument(key);
  };
  window.addEventListener("hashchange", openLinked);
  ready("#document-page").then(filter);
  ready("#van-ban-button").then(openLinked);
})();
