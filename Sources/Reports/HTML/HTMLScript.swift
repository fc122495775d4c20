/// What makes the pages move.
///
/// Nothing in them is made of text: they only hide and show what stands in the page.
enum HTMLScript {
  /// Filters, search and keys of the page of one run.
  static let run = #"""
    "use strict";
    (() => {
      const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
      const search = document.getElementById("search");
      const rfc = document.getElementById("rfc");
      const boxes = all(".tools input[type=checkbox]");
      const shown = document.getElementById("shown");
      const cases = all(".case");
      const texts = new Map();
      const text = one => {
        if (!texts.has(one)) texts.set(one, one.textContent.toLowerCase());
        return texts.get(one);
      };
      const apply = () => {
        const words = search.value.toLowerCase().split(/\s+/).filter(word => word);
        const off = kind => new Set(boxes.filter(box => box.dataset.kind === kind && !box.checked).map(box => box.value));
        const verdicts = off("verdict"), levels = off("level");
        let count = 0;
        for (const one of cases) {
          const fits = !verdicts.has(one.dataset.verdict) && !levels.has(one.dataset.level)
            && (!rfc.value || rfc.value === one.dataset.rfc) && words.every(word => text(one).includes(word));
          one.hidden = !fits;
          if (fits) count += 1;
        }
        for (const group of all("section")) group.hidden = !group.querySelector(".case:not([hidden])");
        shown.textContent = count + " of " + cases.length + (cases.length === 1 ? " case" : " cases");
      };
      for (const box of boxes) box.addEventListener("change", apply);
      search.addEventListener("input", apply);
      rfc.addEventListener("change", apply);
      document.getElementById("fold").addEventListener("click", () => {
        const visible = cases.filter(one => !one.hidden);
        const open = !visible.every(one => one.open);
        for (const one of visible) one.open = open;
      });
      const follow = () => {
        let name = "";
        try { name = decodeURIComponent(location.hash.slice(1)); } catch { return; }
        const one = name && document.getElementById(name);
        if (!one || !one.matches("details")) return;
        one.hidden = false;
        for (let up = one.parentElement; up; up = up.parentElement) up.hidden = false;
        one.open = true;
        one.scrollIntoView();
      };
      addEventListener("hashchange", follow);
      addEventListener("keydown", event => {
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        const writes = event.target.matches("input[type=search],select");
        if (event.key === "Escape" && event.target === search) { search.value = ""; apply(); return; }
        if (writes) return;
        if (event.key === "/") { event.preventDefault(); search.focus(); return; }
        const step = { j: 1, k: -1 }[event.key];
        if (!step) return;
        const visible = cases.filter(one => !one.hidden);
        const place = visible.findIndex(one => one.contains(document.activeElement));
        const next = visible[place < 0 ? 0 : place + step];
        if (next) { next.querySelector("summary").focus(); next.scrollIntoView({ block: "nearest" }); }
      });
      apply();
      follow();
    })();
    """#

  /// Filters, search and reasons of the page of several runs.
  static let matrix = #"""
    "use strict";
    (() => {
      const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
      const get = id => document.getElementById(id);
      const search = get("search"), which = get("which"), rfc = get("rfc"), shown = get("shown"), why = get("why");
      const frames = all("section.frame").map(frame => ({ frame, rows: all("tr.row", frame).map(row => ({ row, text: "" })) }));
      const total = frames.reduce((sum, frame) => sum + frame.rows.length, 0);
      const apply = () => {
        const words = search.value.toLowerCase().split(/\s+/).filter(word => word);
        let count = 0;
        for (const { frame, rows } of frames) {
          let some = 0;
          for (const one of rows) {
            if (words.length && !one.text) one.text = one.row.textContent.toLowerCase();
            const fits = (!rfc.value || rfc.value === frame.dataset.rfc)
              && (!which.value || (one.row.dataset.is || "").split(" ").includes(which.value)) && words.every(word => one.text.includes(word));
            if (one.row.hidden === fits) one.row.hidden = !fits;
            if (fits) some += 1;
          }
          if (frame.hidden !== !some) frame.hidden = !some;
          count += some;
        }
        for (const group of all("main > section")) group.hidden = !group.querySelector(".frame:not([hidden])");
        shown.textContent = count + " of " + total + (total === 1 ? " case" : " cases");
      };
      for (const one of [which, rfc]) one.addEventListener("change", apply);
      search.addEventListener("input", apply);
      document.addEventListener("click", event => {
        const button = event.target.closest("button[data-why]");
        if (!button) return;
        const place = button.closest("td").cellIndex;
        const name = button.closest("table").tHead.rows[0].cells[place].textContent;
        get("what").textContent = name + ", " + button.closest("tr").cells[0].textContent + ": " + button.getAttribute("aria-label");
        get("reason").textContent = button.dataset.why;
        why.showModal();
      });
      addEventListener("keydown", event => {
        if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input,select")) return;
        if (event.key === "/") { event.preventDefault(); search.focus(); }
      });
      shown.textContent = total + " of " + total + (total === 1 ? " case" : " cases");
    })();
    """#
}
