"use strict";
(() => {
  const notes = [...document.querySelectorAll("li.note")];
  const hits = [...document.querySelectorAll("a.hit")];
  const place = byId("place");
  const told = byId("told");
  const filter = byId("filter");
  let at = -1;

  const order = new Map(notes.map((note, index) => [note, index]));
  const noteOf = (hit) => byId(hit.hash.slice(1));
  // The marks of a note, found once: a hit names its notes by number behind the story's id.
  const marksOf = new Map();
  const notesOf = new Map();
  for (const hit of hits) {
    const story = hit.hash.slice(1).replace(/f\d+$/, "f");
    const own = hit.dataset.f.split(" ").map((number) => story + number);
    notesOf.set(hit, own);
    for (const id of own) {
      if (!marksOf.has(id)) marksOf.set(id, []);
      marksOf.get(id).push(hit);
    }
  }

  const noun = place?.dataset.noun ?? "finding";
  const title = noun[0].toUpperCase() + noun.slice(1);
  const counted = (number) => `${number} ${number === 1 ? noun : `${noun}s`}`;
  // Quiet notes are passed over unless nothing else is left.
  const shown = () => {
    const all = notes.filter((note) => !note.hidden);
    const loud = all.filter((note) => !note.classList.contains("quiet"));
    return loud.length ? loud : all;
  };
  const light = (note, on) => {
    note.classList.toggle("on", on);
    for (const hit of marksOf.get(note.id) ?? []) hit.classList.toggle("on", on);
  };

  const go = (note) => {
    if (!note) return;
    if (notes[at]) light(notes[at], false);
    at = order.get(note);
    light(note, true);
    const list = shown();
    const now = list.indexOf(note);
    const where = now < 0 ? "" : `${now + 1} of ${list.length}`;
    const fold = note.closest("details");
    if (fold) fold.open = true;
    const hit = marksOf.get(note.id)?.[0];
    const target = hit ?? note.querySelector("a.at");
    target.focus({ preventScroll: true });
    (hit ?? note).scrollIntoView({ block: "center" });
    place.textContent = where || counted(list.length);
    told.textContent = `${title} ${where}. ${note.querySelector(".what").textContent}. ${note.querySelector(".said").textContent}`;
    hide();
  };
  // From where the last finding was, or from the first that can be seen.
  const step = (by) => {
    const list = shown();
    const here = notes[at]?.hidden === false ? list.indexOf(notes[at]) : -1;
    const after = at < 0 ? 0 : list.findIndex((note) => order.get(note) > at);
    const next = here >= 0 ? here + by : by > 0 ? Math.max(after, 0) : (after < 0 ? list.length : after) - 1;
    go(list[(next + list.length) % list.length]);
  };

  const boxes = filter ? [...filter.querySelectorAll("input")] : [];
  const sieve = () => {
    const off = new Set(boxes.filter((box) => !box.checked).map((box) => `${box.name} ${box.value}`));
    const lost = (item) => off.has(`severity ${item.dataset.s}`) || off.has(`rule ${item.dataset.r}`);
    const gone = new Set();
    for (const note of notes) {
      note.hidden = lost(note);
      if (note.hidden) gone.add(note.id);
    }
    for (const hit of hits) hit.classList.toggle("off", notesOf.get(hit).every((id) => gone.has(id)));
    for (const row of document.querySelectorAll("details.table tr[data-r]")) row.hidden = lost(row);
    if (notes[at]?.hidden) light(notes[at], false);
    const left = notes.length - gone.size;
    if (place) place.textContent = gone.size ? `${left} of ${notes.length}` : counted(shown().length);
    told.textContent = `${counted(left)} shown`;
    const rules = boxes.filter((box) => box.name === "rule" && box.checked);
    for (const button of document.querySelectorAll("[data-do=only]")) {
      button.setAttribute("aria-pressed", rules.length === 1 && rules[0].value === button.dataset.rule && boxes.some((box) => box.name === "rule" && !box.checked));
    }
  };
  filter?.addEventListener("change", sieve);
  filter?.addEventListener("close", () => document.querySelector("[data-do=filter]")?.setAttribute("aria-expanded", "false"));
  filter?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    filter.close();
    document.querySelector("[data-do=filter]")?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });

  Object.assign(actions, {
    next: () => step(1),
    before: () => step(-1),
    filter() {
      if (!filter) return;
      if (filter.open) return filter.close();
      filter.show();
      document.querySelector("[data-do=filter]")?.setAttribute("aria-expanded", "true");
      boxes[0]?.focus();
    },
    all() {
      for (const box of boxes) box.checked = true;
      sieve();
    },
    none() {
      for (const box of boxes) if (box.name === "rule") box.checked = false;
      sieve();
    },
    wordings(button) {
      const quiet = document.body.classList.toggle("only-facts");
      button ??= document.querySelector("[data-do=wordings]");
      button?.setAttribute("aria-pressed", !quiet);
    },
    only(button) {
      const all = button.getAttribute("aria-pressed") === "true";
      for (const box of boxes) box.checked = all || box.name === "severity" || box.value === button.dataset.rule;
      sieve();
    },
    sort(button) {
      const head = button.closest("th");
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of head.parentNode.children) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const body = head.closest("table").tBodies[0];
      const column = head.cellIndex;
      const key = (row) => row.cells[column].dataset.key ?? row.cells[column].textContent;
      const order = new Intl.Collator("en", { numeric: true });
      const rows = [...body.rows].map((row) => [key(row), row]);
      rows.sort((a, b) => (down ? -1 : 1) * order.compare(a[0], b[0]));
      body.append(...rows.map((row) => row[1]));
    },
  });
  Object.assign(keys, { j: "next", k: "before", f: "filter" });
  if (document.querySelector("[data-do=wordings]")) keys.w = "wordings";

  // What a mark means, beside the pointer or the mark that has the focus.
  const card = document.createElement("div");
  card.id = "card";
  card.hidden = true;
  card.setAttribute("aria-hidden", "true");
  document.body.append(card);
  const hide = () => { card.hidden = true; };
  const show = (hit) => {
    const own = notesOf.get(hit).map(byId).filter((note) => note && !note.hidden);
    if (!own.length) return hide();
    card.replaceChildren(...own.map((note) => {
      const copy = document.createElement("div");
      copy.className = `note ${note.dataset.s}`;
      copy.append(...[...note.cloneNode(true).childNodes]);
      for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
      return copy;
    }));
    card.hidden = false;
    const box = hit.getClientRects()[0] ?? hit.getBoundingClientRect();
    const room = document.documentElement.clientWidth - card.offsetWidth - 8;
    card.style.left = `${scrollX + Math.max(8, Math.min(box.left, room))}px`;
    const below = box.bottom + 6 + card.offsetHeight < innerHeight;
    card.style.top = `${scrollY + (below ? box.bottom + 6 : box.top - card.offsetHeight - 6)}px`;
  };
  document.addEventListener("mouseover", (event) => {
    const hit = event.target.closest?.("a.hit");
    if (hit) show(hit);
    const note = event.target.closest?.("li.note");
    for (const old of document.querySelectorAll("a.hit.near")) old.classList.remove("near");
    if (note) for (const own of marksOf.get(note.id) ?? []) own.classList.add("near");
  });
  document.addEventListener("mouseout", (event) => {
    if (event.target.closest?.("a.hit")) hide();
  });
  document.addEventListener("click", (event) => {
    const hit = event.target.closest?.("a.hit");
    if (hit) go(noteOf(hit));
  });

  // The table is made when it is first opened: most readers never do.
  const cell = (text, key) => {
    const made = document.createElement("td");
    made.textContent = text;
    if (key !== undefined) made.dataset.key = key;
    return made;
  };
  const rank = { critical: 0, major: 1, minor: 2, neutral: 3, fact: 0, style: 1, form: 2 };
  const table = (details) => {
    const made = document.createElement("table");
    made.className = "findings";
    const head = made.createTHead().insertRow();
    for (const name of (details.dataset.heads ?? "Place|Severity|Rule|Words|Why").split("|")) {
      const column = document.createElement("th");
      column.scope = "col";
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.do = "sort";
      button.textContent = name;
      column.append(button);
      head.append(column);
    }
    const body = made.createTBody();
    const own = notes.filter((note) => note.id.startsWith(`${details.dataset.story}f`));
    const rows = own.map((note) => {
      const row = document.createElement("tr");
      Object.assign(row.dataset, { r: note.dataset.r, s: note.dataset.s });
      row.hidden = note.hidden;
      const where = cell("");
      where.append(note.querySelector("a.at").cloneNode(true));
      const level = cell("", rank[note.dataset.s]);
      level.append(note.querySelector(".sev").cloneNode(true));
      const swap = note.querySelector(".swap")?.cloneNode(true);
      const words = cell("");
      if (swap) words.append(swap);
      row.append(where, level, cell(note.dataset.r), words, cell(note.querySelector(".why").textContent));
      return row;
    });
    body.append(...rows);
    // Rows are laid out as grids, so that those out of sight cost nothing; what they are stays said.
    made.role = "table";
    made.tHead.role = body.role = "rowgroup";
    for (const row of made.rows) {
      row.role = "row";
      for (const one of row.cells) one.role = one.tagName === "TH" ? "columnheader" : "cell";
    }
    const wide = document.createElement("div");
    wide.className = "wide";
    wide.append(made);
    details.append(wide);
  };
  for (const details of document.querySelectorAll("details.table")) {
    details.addEventListener("toggle", () => {
      if (details.open && !details.querySelector("table")) table(details);
    });
  }
})();
