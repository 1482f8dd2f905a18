// Loaded in the page's head: what Gradio leaves to do for a Vietnamese reader.
(() => {
  document.documentElement.lang = "vi";

  // Enter that finishes a word in an input method must not send the question (229: Safari, old IMEs).
  const composing = (event) => event.isComposing || event.keyCode === 229;
  for (const kind of ["keydown", "keypress"]) {
    window.addEventListener(kind, (event) => {
      if (event.key === "Enter" && composing(event)) event.stopImmediatePropagation();
    }, true);
  }

  // A marker goes to its passage in this page; a plain #link would reload it under Gradio's <base>.
  window.addEventListener("click", (event) => {
    const marker = event.target.closest?.("a.marker");
    if (!marker) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const passage = document.getElementById(marker.hash.slice(1));
    if (!passage) return;
    const folded = passage.closest("details");
    if (folded) folded.open = true;
    passage.focus({ preventScroll: true });
    passage.scrollIntoView({ block: "nearest" });
  }, true);

  // Gradio ships no Vietnamese: the names of its parts (labels, tooltips) and its messages about the connection.
  const NAMES = [
    [/^chatbot conversation$/, "Cuộc trò chuyện"],
    [/^user's message:/, "Câu hỏi"],
    [/^bot's message:/, "Câu trả lời"],
    [/^scroll to bottom$/i, "Cuộn xuống cuối"],
    [/^close$/i, "Đóng"],
    [/^clear$/i, "Xóa"],
  ];
  const MESSAGES = [
    [/^\s*(error|connection lost)\s*$/i, "Lỗi"],
    [/^\s*connection to the server was lost/i, "Mất kết nối với máy chủ, đang nối lại…"],
    [/^\s*connection errored out/i, "Mất kết nối với máy chủ. Xin tải lại trang."],
    [/queue is full|currently busy/i, "Máy chủ đang bận. Xin thử lại sau ít phút."],
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
  const panelChanged = (change) => change.type === "childList" && change.target.closest?.("#panel");
  new MutationObserver((changes) => {
    if (changes.some(panelChanged)) document.getElementById("sources").scrollTop = 0;
    for (const change of changes) {
      if (change.type === "attributes") rename(change.target);
      else change.addedNodes.forEach(translate);
    }
  }).observe(document, { childList: true, subtree: true, attributeFilter: ["aria-label", "title"] });
  translate(document.documentElement);
})();
