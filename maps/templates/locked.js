(() => {
  "use strict";
  // form of the box: maps/locked.py
  const DIGEST = 32, MAGIC = [83, 82, 76, 1], HEADER = 24, SALT = 8, NONCE = 12, TAG = 16, MOST_TIMES = 20;
  const at = (id) => document.getElementById(id);
  const form = document.querySelector("form"), phrase = at("phrase"), button = form.querySelector("button");
  const leastRounds = Number(form.dataset.leastRounds), hiddenMinutes = Number(form.dataset.hiddenMinutes);
  const words = Object.fromEntries([...at("words").children].map((each) => [each.dataset.word, each.textContent]));
  const letters = (typed) => typed.toLowerCase().replace(/[^a-z0-9]/g, "");

  class Told extends Error {}

  const tell = (name) => {
    at("busy").textContent = "";
    at("problem").textContent = name ? words[name] : "";
    phrase.setAttribute("aria-invalid", String(name === "wrong"));
  };

  const same = (one, other) => one.length === other.length && one.every((each, place) => each === other[place]);

  const unpacked = async () => {
    let raw;
    try {
      raw = Uint8Array.from(atob(at("box").textContent.trim()), (each) => each.charCodeAt(0));
    } catch {
      throw new Told("damaged");
    }
    const body = raw.subarray(DIGEST);
    if (body.length < HEADER + NONCE + TAG) throw new Told("damaged");
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
    const header = body.subarray(0, HEADER);
    const rounds = new DataView(header.buffer, header.byteOffset).getUint32(4);
    const sound = same([...digest], [...raw.subarray(0, DIGEST)]) && same([...header.subarray(0, 4)], MAGIC);
    // with many more a phone would hang
    if (!sound || rounds < leastRounds || rounds > MOST_TIMES * leastRounds) throw new Told("damaged");
    return {
      header, rounds, salt: header.subarray(SALT),
      nonce: body.subarray(HEADER, HEADER + NONCE), locked: body.subarray(HEADER + NONCE),
    };
  };

  const opened = async (typed) => {
    const box = await unpacked();
    const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(letters(typed)), "PBKDF2", false, ["deriveKey"]);
    const key = await crypto.subtle.deriveKey(
      { name: "PBKDF2", hash: "SHA-256", salt: box.salt, iterations: box.rounds },
      secret, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    let small;
    try {
      small = await crypto.subtle.decrypt({ name: "AES-GCM", iv: box.nonce, additionalData: box.header }, key, box.locked);
    } catch {
      throw new Told("wrong");
    }
    const stream = new Blob([small]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Response(stream).text();
  };

  const relock = () => {
    document.documentElement.replaceChildren();
    location.reload();
  };

  const show = (page) => {
    document.open();
    document.write(page);
    document.close();
    const title = document.querySelector("h1");
    if (title) {
      // a screen reader goes on where the focus is, and that went with the old page
      title.tabIndex = -1;
      title.focus();
    }
    let since = Date.now(), timer = 0;
    document.addEventListener("visibilitychange", () => {
      clearTimeout(timer);
      if (document.hidden) {
        since = Date.now();
        timer = setTimeout(relock, hiddenMinutes * 60000);
      } else if (Date.now() - since >= hiddenMinutes * 60000) {
        // a phone stops the clocks of a page out of sight
        relock();
      }
    });
  };

  if (!globalThis.crypto || !crypto.subtle) {
    tell("no_crypto");
    return;
  }
  if (!globalThis.DecompressionStream) {
    tell("no_inflate");
    return;
  }
  form.hidden = false;
  at("show").addEventListener("change", () => { phrase.type = at("show").checked ? "text" : "password"; });
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    button.setAttribute("aria-disabled", "true");
    tell("");
    at("busy").textContent = words.busy;
    try {
      const page = await opened(phrase.value);
      phrase.value = "";
      show(page);
    } catch (error) {
      tell(error instanceof Told ? error.message : "damaged");
      phrase.focus();
      phrase.select();
    }
    busy = false;
    button.removeAttribute("aria-disabled");
  });
})();
