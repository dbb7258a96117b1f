// What the pages do beside Gradio: copy an answer, follow a citation by keyboard, say aloud what is there, show what was chosen.
"use strict";
(() => {
  const reveal = (id) => {
    const target = document.getElementById(id);
    if (!target) return;
    const group = target.closest("details");
    if (group) group.open = true;
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
    for (const old of document.querySelectorAll(".pointed")) old.classList.remove("pointed");
    target.classList.add("pointed");
  };

  const copy = async (link) => {
    const text = document.getElementById(link.hash.slice(1))?.textContent ?? "";
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const label = link.textContent;
    if (label === link.title) return;
    link.textContent = link.title;
    say(link.title);
    setTimeout(() => (link.textContent = label), 2000);
  };

  const ask = (question) => {
    const box = document.querySelector("#question textarea");
    box.value = question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => document.querySelector("#ask")?.click());
  };

  // Another language keeps the conversation: the server has it under its name.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.switch");
    const here = document.querySelector("#kept a.here");
    if (!link || !here) return;
    const url = new URL(link.href);
    url.searchParams.set("talk", new URL(here.href).searchParams.get("talk"));
    link.href = url.href;
  });

  // An earlier conversation opens in this window, where Markdown would open another one.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#kept .history a");
    if (!link) return;
    event.preventDefault();
    location.assign(link.href);
  });

  // How long a slow answer has taken so far.
  let waited = 0;
  setInterval(() => {
    const elapsed = document.querySelector("#now .elapsed");
    waited = elapsed ? waited + 1 : 0;
    if (elapsed && waited > 2) elapsed.textContent = ` ${waited} s`;
  }, 1000);

  const voice = Object.assign(document.createElement("div"), { className: "sr" });
  voice.setAttribute("role", "status");
  const say = (text) => (voice.textContent = text);

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#']");
    if (!link) return;
    event.preventDefault();
    if (link.classList.contains("copy")) copy(link);
    else if (link.classList.contains("ask-this")) ask(link.textContent);
    else {
      history.replaceState(null, "", link.hash);
      reveal(link.hash.slice(1));
    }
  });

  // Escape closes an open form, and whoever did so goes on where they opened it.
  const forms = { "#close-staff": "#ask-staff", "#close-rating": "#rate-bad" };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    for (const [button, opener] of Object.entries(forms)) {
      const close = document.querySelector(button);
      if (!close?.offsetParent) continue;
      close.click();
      let tries = 40;
      const back = setInterval(() => {
        const to = document.querySelector(opener);
        if (to?.offsetParent && !close.offsetParent) to.focus();
        if (document.activeElement === to || !--tries) clearInterval(back);
      }, 50);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches?.("a[role=button]")) {
      event.preventDefault();
      event.target.click();
    }
  });

  // A ticket that the staff choose comes into view, where the list has taken the screen.
  let opened = "";
  const bring = () => {
    const head = document.querySelector("#ticket h2");
    if (!head || head.textContent === opened) return;
    opened = head.textContent;
    const at = head.getBoundingClientRect();
    if (at.top < 0 || at.bottom > innerHeight / 2) head.scrollIntoView({ block: "start" });
    say(opened);
  };

  let shown = "";
  new MutationObserver(() => {
    if (!voice.isConnected) document.body.append(voice);
    bring();
    const now = document.querySelector("#now .exchange");
    const mark = now ? `${now.querySelector(".question")?.id} ${now.className}` : "";
    if (mark === shown) return;
    shown = mark;
    // A form belongs to the answer that it was opened for, and closes with the next question.
    if (now?.classList.contains("busy")) for (const close of Object.keys(forms)) document.querySelector(close)?.click();
    if (now) now.scrollIntoView({ block: "start" });
    const words = now?.querySelector(".statements, .refusal, .notice");
    if (words) say(words.innerText);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
