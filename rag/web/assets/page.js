// Loaded in the page's head: what all tabs share, and what Gradio leaves to do for a Vietnamese reader.
(() => {
  const words = window.HOIDAP_WORDS;
  document.documentElement.lang = "vi";

  // The server's endpoints, called by name; a fault is an error whose message is a sentence.
  const call = async (name, ...data) => {
    const address = new URL(`gradio_api/run/${name}`, document.baseURI);
    let reply;
    try {
      reply = await fetch(address, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ data }),
      });
    } catch {
      throw new Error(words.lost);
    }
    const told = await reply.json().catch(() => ({}));
    const value = told.data?.[0];
    if (!reply.ok || value?.error) throw new Error(value?.error ?? told.error ?? words.unexpected);
    return value;
  };

  const download = async (path, name, body) => {
    const options = body === undefined ? {} : {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    };
    const reply = await fetch(new URL(path, document.baseURI), options);
    if (!reply.ok) throw new Error((await reply.json().catch(() => ({}))).error ?? words.unexpected);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await reply.blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  // Clicks and submissions anywhere, by the class of what was clicked; forms by theirs.
  const handlers = { click: new Map(), submit: new Map(), input: new Map() };
  const on = (kind, selector, handle) => handlers[kind].set(selector, handle);
  for (const kind of Object.keys(handlers)) {
    window.addEventListener(kind, (event) => {
      for (const [selector, handle] of handlers[kind]) {
        const element = event.target.closest?.(selector);
        if (!element) continue;
        if (kind !== "input") event.preventDefault();
        if (kind === "click") event.stopImmediatePropagation();
        handle(element, event);
        return;
      }
    }, true);
  }

  const openTab = (id) => document.getElementById(`${id}-button`)?.click();
  const ready = (selector) => new Promise((resolve) => {
    const look = () => {
      const found = document.querySelector(selector);
      if (found) resolve(found); else requestAnimationFrame(look);
    };
    look();
  });

  // Enter that finishes a word in an input method must not send the question (229: Safari, old IMEs).
  const composing = (event) => event.isComposing || event.keyCode === 229;
  for (const kind of ["keydown", "keypress"]) {
    window.addEventListener(kind, (event) => {
      if (event.key === "Enter" && composing(event)) event.stopImmediatePropagation();
    }, true);
  }

  // Gradio ships no Vietnamese: the names of its parts (labels, tooltips) and its messages about the connection.
  const NAMES = [
    [/^scroll to bottom$/i, "Cuộn xuống cuối"],
    [/^close$/i, "Đóng"],
    [/^clear$/i, "Xóa"],
    [/^toggle menu$|^more( tabs)?$|^\.\.\.$/i, "Các thẻ khác"],
  ];
  const MESSAGES = [
    [/^\s*(error|connection lost)\s*$/i, "Lỗi"],
    [/^\s*connection to the server was lost/i, "Mất kết nối với máy chủ, đang nối lại…"],
    [/^\s*connection errored out/i, words.lost],
    [/queue is full|currently busy/i, words.busy],
  ];
  const translated = (text, table) => table.find(([pattern]) => pattern.test(text))?.[1];
  const rename = (element) => {
    for (const attribute of ["aria-label", "title"]) {
      const name = translated(element.getAttribute(attribute) ?? "", NAMES);
      if (name) element.setAttribute(attribute, name);
    }
  };
  const translateMessages = (root) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const message = translated(texts.currentNode.data, MESSAGES);
      if (message) texts.currentNode.data = message;
    }
  };
  const translate = (root) => {
    if (!(root instanceof Element)) return;
    rename(root);
    root.querySelectorAll("[aria-label], [title]").forEach(rename);
    const toasts = root.closest(".toast-wrap") ? [root] : root.querySelectorAll(".toast-wrap");
    toasts.forEach(translateMessages);
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") rename(change.target);
      else change.addedNodes.forEach(translate);
    }
  }).observe(document, { childList: true, subtree: true, attributeFilter: ["aria-label", "title"] });
  translate(document.documentElement);

  window.hoidap = { words, call, download, on, openTab, ready };
})();
