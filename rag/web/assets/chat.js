// The conversation: a list of questions kept in the browser, whose answers the server gives again when asked.
(() => {
  const { words, call, download, on, openTab, ready } = window.hoidap;
  const KEPT = "hoidap.conversations";
  const CURRENT = "hoidap.current";
  const MOST_KEPT = 100;
  let shown = 0;
  let asking = false;

  // Kept conversations, newest first: {id, name, questions}. Without a store nothing is kept.
  const stored = (key, store) => { try { return JSON.parse(store().getItem(key)); } catch { return null; } };
  const keep = (key, value, store) => { try { store().setItem(key, JSON.stringify(value)); } catch { /* full */ } };
  const local = () => window.localStorage;
  const session = () => window.sessionStorage;
  const isKept = (one) => one && typeof one.id === "string" && typeof one.name === "string"
    && Array.isArray(one.questions) && one.questions.every((question) => typeof question === "string");
  const kept = () => { const all = stored(KEPT, local); return Array.isArray(all) ? all.filter(isKept) : []; };
  const keepAll = (all) => { keep(KEPT, all.slice(0, MOST_KEPT), local); listHistory(); };
  const fresh = () => ({ id: `${Date.now()}-${Math.random().toString(36).slice(2)}`, name: "", questions: [] });
  let conversation = fresh();
  const keepCurrent = () => {
    keep(CURRENT, conversation.id, session);
    if (!conversation.questions.length) return;
    conversation.name ||= conversation.questions[0].slice(0, 80);
    keepAll([conversation, ...kept().filter((one) => one.id !== conversation.id)]);
  };

  const turns = () => document.getElementById("turns");
  const columns = () => document.getElementById("columns");
  const closeSources = () => columns()?.classList.remove("sources-open");
  const panel = () => document.getElementById("panel");
  const turnOf = (element) => element.closest("[data-turn]");
  const place = (element) => Number(turnOf(element).dataset.turn);
  const upTo = (element) => conversation.questions.slice(0, place(element));
  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  // The question shows at once with its stage; the answer takes its place when it comes.
  const showPending = (question) => {
    const turn = make("article", "turn pending");
    turn.append(make("p", "question", question), make("p", "stage", words.searching));
    turns().append(turn);
    toEnd(turn);
    return turn;
  };
  const toEnd = (turn) => turn.scrollIntoView({ block: "start" });
  const show = ({ turn, sources }) => {
    turns().insertAdjacentHTML("beforeend", turn);
    panel().insertAdjacentHTML("beforeend", sources);
    shown = turns().children.length;
    showSources(shown);
    return turns().lastElementChild;
  };
  const showSources = (number) => {
    const parts = [...panel().querySelectorAll(".turn-sources")];
    const wanted = parts.find((part) => Number(part.dataset.turn) === number);
    for (const part of parts) part.hidden = part !== wanted;
    const empty = panel().querySelector(".empty");
    if (empty && empty.parentElement === panel()) empty.hidden = Boolean(wanted);
    document.getElementById("sources").scrollTop = 0;
  };
  const clear = () => {
    turns().replaceChildren();
    panel().querySelectorAll(".turn-sources").forEach((part) => part.remove());
    shown = 0;
    showSources(0);
    closeSources();
    document.getElementById("welcome").hidden = false;
  };

  const fetchTurns = async (first) => {
    const mine = conversation;
    const pending = showPending(mine.questions.at(-1));
    document.getElementById("welcome").hidden = true;
    asking = true;
    columns().classList.add("asking");
    try {
      const { turns: found } = await call("page_turns", mine.questions, first);
      if (mine !== conversation) return;
      pending.remove();
      const last = found.map(show).at(-1);
      toEnd(last);
      offerFollowUps(last);
    } catch (fault) {
      if (mine !== conversation) return;
      pending.querySelector(".stage").replaceWith(make("p", "failed", fault.message));
      mine.questions.splice(first);
      keepCurrent();
    } finally {
      if (mine === conversation) {
        asking = false;
        columns().classList.remove("asking");
      }
    }
  };
  const offerFollowUps = async (turn) => {
    const mine = conversation;
    const { html } = await call("page_follow_ups", mine.questions).catch(() => ({ html: "" }));
    if (mine !== conversation || !html) return;
    const home = turn.querySelector(".follow-ups");
    if (home) home.innerHTML = html;
  };

  // Whether the question was taken; none is while another is asked.
  const ask = (question) => {
    if (!question || asking) return false;
    turns().querySelectorAll(".pending").forEach((turn) => turn.remove());
    conversation.questions.push(question);
    keepCurrent();
    fetchTurns(conversation.questions.length - 1);
    return true;
  };
  // The box is read as it stands: Gradio's own value of it lags behind, and its events wait until it has started.
  const BOX = "#question textarea";
  const askTyped = async () => {
    await ready("#turns");
    await ready("#panel");
    const box = document.querySelector(BOX);
    if (!ask(box.value.trim())) return;
    box.value = "";
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || !event.target.matches?.(BOX)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    askTyped();
  }, true);
  on("click", "button#send", askTyped);
  const open = (one) => {
    conversation = one;
    asking = false;
    columns().classList.remove("asking");
    clear();
    keep(CURRENT, one.id, session);
    if (one.questions.length) fetchTurns(0);
  };

  on("click", "button.ask", (button) => { openTab("hoi-dap"); ask(button.dataset.ask); });
  on("click", "button.new-conversation", () => {
    open(fresh());
    document.querySelector(BOX)?.focus();
  });

  // A mark shows its passage: in the panel beside the answer, over the page where it is narrow.
  on("click", "a.marker", (marker) => {
    const passage = document.getElementById(marker.hash.slice(1));
    if (!passage) return;
    showSources(Number(passage.closest("[data-turn]").dataset.turn));
    columns().classList.add("sources-open");
    passage.focus({ preventScroll: true });
    passage.scrollIntoView({ block: "start" });
  });
  on("click", "button.show-sources", (button) => {
    showSources(place(button));
    columns().classList.add("sources-open");
    document.querySelector("#sources button.close-sources").focus({ preventScroll: true });
  });
  on("click", "button.close-sources", closeSources);
  window.addEventListener("keydown", (event) => { if (event.key === "Escape") closeSources(); });

  // Copying
  const tell = (element, text) => {
    const told = element.closest(".actions, form, #chat-bar")?.querySelector(".told")
      ?? turnOf(element)?.querySelector(".told");
    if (told) told.textContent = text;
  };
  const copy = async (button, text) => {
    try {
      await navigator.clipboard.writeText(text);
      tell(button, words.copied);
    } catch {
      // Without HTTPS a browser has no clipboard for scripts but this old way.
      const box = make("textarea", "", text);
      document.body.append(box);
      box.select();
      const done = document.execCommand("copy");
      box.remove();
      if (done) tell(button, words.copied);
      else window.prompt(words.copy_failed, text);
    }
  };
  on("click", "button.copy", (button) => copy(button, button.dataset.copy));
  on("click", "button.copy-link", (button) => {
    const link = new URL(window.location.href);
    link.hash = new URLSearchParams(upTo(button).map((question) => ["hoi", question])).toString();
    copy(button, link.href);
  });

  // Feedback
  const send = async (element, verdict, reason, note) => {
    const form = turnOf(element).querySelector("form.feedback");
    try {
      const { told } = await call("page_feedback", upTo(element), verdict, reason, note);
      form.hidden = true;
      turnOf(element).querySelectorAll(".verdict").forEach((button) => { button.disabled = true; });
      tell(element, told);
    } catch (fault) {
      tell(element, fault.message);
    }
  };
  on("click", "button.verdict.right", (button) => send(button, "right", "", ""));
  on("click", "button.verdict.wrong", (button) => {
    const form = turnOf(button).querySelector("form.feedback");
    form.hidden = !form.hidden;
    if (!form.hidden) form.querySelector("input").focus();
  });
  on("click", "form.feedback .cancel", (button) => { button.closest("form").hidden = true; });
  on("submit", "form.feedback", (form) => {
    const reason = form.querySelector("input:checked")?.value ?? "other";
    send(form, "wrong", reason, form.querySelector("textarea").value);
  });

  // History
  const listHistory = () => {
    const menu = document.querySelector("#history .menu");
    if (!menu) return;
    const all = kept();
    menu.querySelector(".empty").hidden = all.length > 0;
    menu.querySelector(".delete-all").hidden = !all.length;
    menu.querySelector("ul").replaceChildren(...all.map((one) => {
      const item = make("li");
      item.dataset.id = one.id;
      const opener = make("button", "button open-kept", one.name);
      const rename = make("button", "button rename-kept", words.history_rename);
      const remove = make("button", "button delete-kept", words.history_delete);
      for (const button of [opener, rename, remove]) button.type = "button";
      for (const button of [rename, remove]) button.setAttribute("aria-label", `${button.textContent}: ${one.name}`);
      item.append(opener, rename, remove);
      return item;
    }));
  };
  const ofItem = (element) => kept().find((one) => one.id === element.closest("li").dataset.id);
  const closeHistory = () => { document.getElementById("history").open = false; };
  on("click", "button.open-kept", (button) => { closeHistory(); open(ofItem(button)); });
  on("click", "button.delete-kept", (button) => {
    const gone = ofItem(button);
    keepAll(kept().filter((one) => one.id !== gone.id));
    if (gone.id === conversation.id) open(fresh());
    document.querySelector("#history summary").focus();
  });
  on("click", "button.delete-all", () => {
    if (!window.confirm(words.history_confirm)) return;
    keepAll([]);
    open(fresh());
  });
  on("click", "button.rename-kept", (button) => {
    const one = ofItem(button);
    const form = make("form", "rename");
    const box = make("input");
    box.value = one.name;
    box.maxLength = 120;
    box.setAttribute("aria-label", words.history_name);
    const save = make("button", "button", words.history_save);
    form.append(box, save);
    button.closest("li").replaceChildren(form);
    box.focus();
  });
  on("submit", "form.rename", (form) => {
    const one = ofItem(form);
    const name = form.querySelector("input").value.trim();
    if (name && one.id === conversation.id) conversation.name = name;
    keepAll(kept().map((other) => (other.id === one.id ? { ...other, name: name || other.name } : other)));
  });
  window.addEventListener("click", (event) => {
    const menu = document.getElementById("history");
    if (menu?.open && !event.target.closest("#history")) menu.open = false;
  });

  on("click", "button.export-word", async (button) => {
    if (!conversation.questions.length) return;
    try {
      await download("xuat/hoi-thoai.docx", words.word_file, conversation.questions);
    } catch (fault) {
      window.alert(fault.message);
    }
  });

  // A link that reopens a question, the conversation before a reload, or a new one.
  const linked = () => new URLSearchParams(window.location.hash.slice(1)).getAll("hoi");
  const start = async () => {
    await ready("#turns");
    await ready("#panel");
    listHistory();
    const asked = linked();
    if (asked.length) {
      history.replaceState(null, "", window.location.pathname + window.location.search);
      open({ ...fresh(), questions: asked });
      keepCurrent();
      return;
    }
    if (conversation.questions.length) return;  // asked while the page was still being put together
    const before = stored(CURRENT, session);
    open(kept().find((one) => one.id === before) ?? fresh());
  };
  window.addEventListener("hashchange", () => { if (linked().length) { openTab("hoi-dap"); start(); } });
  // The conversation fills the window below where it begins.
  const fit = () => {
    const top = columns()?.getBoundingClientRect().top;
    if (top) document.documentElement.style.setProperty("--columns-top", `${Math.round(top + window.scrollY)}px`);
  };
  ready("#columns").then((found) => { new ResizeObserver(fit).observe(found); fit(); });
  window.addEventListener("resize", fit);

  start();
})();
