/* Searches the edition in the browser: loads the few script files that a query needs, and looks only at versions that
   answer on the day asked. manual/export/search writes the files and says what is in them. The words around a hit come
   from the hit's own page, opened in a hidden frame, where edition.js hands them over: on a stick no other way leads to
   them. */
"use strict";
(function () {
  var DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  var EPOCH = Date.UTC(1900, 0, 1), DAY = 86400000, KEY = 4, SHOWN = 10, LOOKED_AT = 60, LEVELS = 15;
  var PATIENCE = 8000;
  var MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december"];
  var WORD = /[\p{L}\p{N}_]+(?:\.(?=[\p{Nd}])[\p{L}\p{N}_]+|['’][\p{L}\p{N}_]+)*/gu;

  // ---------------------------------------------------------------- files

  var have = {}, waiting = {}, asked = {};
  function took(parts) {
    var name = parts[0] + "/" + parts[1];
    have[name] = parts;
    if (waiting[name]) { waiting[name](parts); delete waiting[name]; }
  }
  (self.inforce || []).forEach(took);
  self.inforce = { push: took };

  function load(kind, key, path) {
    var name = kind + "/" + key;
    if (have[name]) return Promise.resolve(have[name]);
    if (!asked[name]) {
      asked[name] = new Promise(function (resolve, reject) {
        waiting[name] = resolve;
        var script = document.createElement("script");
        script.src = "search/" + path;
        script.onerror = function () { reject(new Error(path)); };
        document.head.appendChild(script);
      });
    }
    return asked[name];
  }

  // What stands on a page: [fragment, place in words, text] of each clause, and the sentence on its validity.
  var pages = {};
  function opened(path) {
    if (!pages[path]) {
      pages[path] = new Promise(function (resolve, reject) {
        var frame = document.createElement("iframe"), line = new MessageChannel();
        var end = function () { clearTimeout(timer); frame.remove(); };
        var timer = setTimeout(function () { end(); reject(new Error(path)); }, PATIENCE);
        line.port1.onmessage = function (event) { end(); resolve(event.data); };
        frame.hidden = true;
        frame.title = "A page that is being read";
        frame.onload = function () { frame.contentWindow.postMessage("inforce-passages", "*", [line.port2]); };
        frame.src = path;
        document.body.append(frame);
      });
    }
    return pages[path];
  }

  // ---------------------------------------------------------------- words and numbers

  function fold(word) {
    return word.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/['’]s?$|['’]/g, "");
  }

  function words(text) { return (text.normalize("NFC").match(WORD) || []).map(fold); }

  function bucket(word) {
    var hash = 2166136261;
    for (var i = 0; i < Math.min(KEY, word.length); i++) hash = Math.imul(hash ^ word.charCodeAt(i), 16777619) >>> 0;
    return hash % facts.buckets;
  }

  var VALUE = new Uint8Array(128);
  for (var n = 0; n < 64; n++) VALUE[DIGITS.charCodeAt(n)] = n;
  function Numbers(text) { this.text = text; this.at = 0; }
  Numbers.prototype.next = function () {
    var digit = VALUE[this.text.charCodeAt(this.at++)], value = digit & 31;
    for (var shift = 5; digit & 32; shift += 5) {
      digit = VALUE[this.text.charCodeAt(this.at++)];
      value |= (digit & 31) << shift;
    }
    return value;
  };
  Numbers.prototype.more = function () { return this.at < this.text.length; };

  // 2024-08-15, 15/8/2024, 15 August 2024; null for anything else
  function day(text) {
    var said = text.trim().toLowerCase(), y, m, d, found;
    if ((found = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(said))) { y = found[1]; m = found[2]; d = found[3]; }
    else if ((found = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(said))) { d = found[1]; m = found[2]; y = found[3]; }
    else if ((found = /^(\d{1,2})\s+([a-z]+)\.?,?\s+(\d{4})$/.exec(said))) {
      d = found[1]; y = found[3];
      m = 1 + MONTHS.findIndex(function (name) { return name === found[2] || name.slice(0, 3) === found[2]; });
    } else return null;
    var moment = new Date(Date.UTC(+y, m - 1, +d));
    if (moment.getUTCFullYear() !== +y || moment.getUTCMonth() !== m - 1 || moment.getUTCDate() !== +d) return null;
    return (moment - EPOCH) / DAY;
  }
  function iso(number) { return new Date(EPOCH + number * DAY).toISOString().slice(0, 10); }
  function inWords(number) {
    var moment = new Date(EPOCH + number * DAY), name = MONTHS[moment.getUTCMonth()];
    return moment.getUTCDate() + " " + name[0].toUpperCase() + name.slice(1) + " " + moment.getUTCFullYear();
  }

  // ---------------------------------------------------------------- which versions answer on the day

  // For each code: {sure, versions, first}; nothing where no version answers.
  function standing(on) {
    return have["days/"][2].split(" ").map(function (said) {
      var numbers = new Numbers(said), found = null, first = null, began = null;
      do {
        if (first !== null || numbers.at) began = (began || 0) + numbers.next();
        if (began !== null && began > on) break;
        var kind = numbers.next(), versions = [];
        for (var n = (kind + 1) >> 1; n > 0; n--) versions.push(numbers.next());
        found = kind ? { sure: kind % 2 === 1, versions: versions, first: began } : null;
        first = began;
      } while (numbers.more());
      return found;
    });
  }

  // ---------------------------------------------------------------- terms

  // The terms of a bucket: {terms, forms}, by term and by form.
  function unpacked(shard) {
    if (!shard.read) {
      var known = new Map(), form = new Map();
      shard[2].split("\n").filter(Boolean).forEach(function (line) {
        var parts = line.split(" "), alias = line.split(">");
        if (parts.length < 3) { form.set(alias[0], alias[1]); return; }
        known.set(parts[0], { term: parts[0], forms: parts[1] ? parts[1].split(",") : [], postings: parts[2] });
        form.set(parts[0], parts[0]);
        known.get(parts[0]).forms.forEach(function (one) { form.set(one, parts[0]); });
      });
      shard.read = { terms: known, forms: form };
    }
    return shard.read;
  }

  function shardOf(word) { var n = bucket(word); return load("t", n, "t/" + n + ".js").then(unpacked); }

  // A form that was not seen in this edition, by the endings that English adds most.
  function likely(shard, word) {
    var base = word.replace(/(ings?|ed|es|s|ly|ers?|ions?)$/, "");
    if (base === word || base.length < KEY) return null;
    return [base, base + "e", base + "ing", base + "ed", base + "s", base.slice(0, -1)].map(function (one) {
      return shard.forms.get(one);
    }).find(Boolean) || null;
  }

  // The terms of a folded word: one, none, or for a prefix all that begin with it.
  function find(word, prefix) {
    return shardOf(word).then(function (shard) {
      if (!prefix) {
        var term = shard.forms.get(word) || likely(shard, word);
        if (!term) return [];
        if (shard.terms.has(term)) return [shard.terms.get(term)];
        return shardOf(term).then(function (other) { return [other.terms.get(term)]; });
      }
      return Array.from(shard.terms.values()).filter(function (one) {
        return one.term.startsWith(word) || one.forms.some(function (form) { return form.startsWith(word); });
      });
    });
  }

  // Weight by code, of versions that stand on the day only.
  function weights(found, stand) {
    var by = new Map();
    found.forEach(function (term) {
      var numbers = new Numbers(term.postings), code = 0;
      while (numbers.more()) {
        code += numbers.next();
        var level = numbers.next(), now = stand[code], best = 0, start = 0;
        if (level < LEVELS) best = level + 1;
        else for (var runs = numbers.next(); runs > 0; runs--) {
          start += numbers.next();
          var count = numbers.next(), end = start + count, weight = numbers.next() + 1;
          if (now && now.versions.some(inside(start, count ? end : Infinity))) best = Math.max(best, weight);
          start = end;
        }
        if (now && best) by.set(code, Math.max(best, by.get(code) || 0));
      }
    });
    return by;
  }
  function inside(start, end) { return function (version) { return version >= start && version < end; }; }

  // ---------------------------------------------------------------- queries

  // "a phrase", -word, word, prefix*; everything else is words
  function parsed(query) {
    var asked = { words: [], not: [], phrases: [] };
    query.slice(0, 400).replace(/(-?)["“]([^"”]*)["”]|(\S+)/g, function (all, minus, phrase, other) {
      if (phrase !== undefined) {
        var inPhrase = words(phrase);
        if (minus) asked.not = asked.not.concat(inPhrase);
        else if (inPhrase.length) { asked.phrases.push(inPhrase); inPhrase.forEach(add); }
        return "";
      }
      var not = /^-\w/.test(other), prefix = /[\w]{4,}\*$/.test(other);
      words(other).forEach(function (word) {
        if (not) asked.not.push(word); else if (prefix) asked.words.push({ word: word, prefix: true }); else add(word);
      });
      return "";
    });
    function add(word) {
      if (!asked.words.some(function (one) { return one.word === word; })) asked.words.push({ word: word });
    }
    var said = asked.words.filter(function (one) { return one.prefix || !common.has(one.word) || quoted(one.word); });
    function quoted(word) { return asked.phrases.some(function (phrase) { return phrase.indexOf(word) >= 0; }); }
    if (said.length) asked.words = said;
    asked.words = asked.words.slice(0, 12);
    return asked;
  }

  // What people say for what the manual says; the data are the site's.
  function related(asked, stems) {
    var said = asked.words.map(function (one) { return stems.get(one.word) || one.word; }), more = [];
    facts.related.forEach(function (pair) {
      var key = pair[0].split(" ");
      for (var at = 0; at + key.length <= said.length; at++) {
        if (key.every(function (word, n) { return said[at + n] === word; })) more = more.concat(pair[1]);
      }
    });
    return Array.from(new Set(more));
  }

  // Begins to load what `related` will likely ask for, so that it is there in time: a stem is the beginning of its words.
  function loadAhead(asked) {
    facts.related.forEach(function (pair) {
      var likely = pair[0].split(" ").every(function (stem) {
        return asked.words.some(function (one) { return one.word.startsWith(stem.slice(0, -1)); });
      });
      if (likely) words(pair[1].join(" ")).forEach(function (word) { if (!common.has(word)) shardOf(word); });
    });
  }

  function search(query, on) {
    var asked = parsed(query);
    var loading = Promise.all([
      Promise.all(asked.words.map(function (one) { return find(one.word, one.prefix); })),
      Promise.all(asked.not.map(function (word) { return find(word, false); }))]);
    if (!asked.phrases.length) loadAhead(asked);
    var stand = standing(on), there = stand.filter(Boolean).length;
    return loading.then(function (found) {
      var stems = new Map();
      asked.words.forEach(function (one, n) { if (found[0][n][0]) stems.set(one.word, found[0][n][0].term); });
      var also = asked.phrases.length ? [] : related(asked, stems);
      var alsoWords = Array.from(new Set([].concat.apply([], also.map(words)))).filter(function (word) {
        return !common.has(word) && !asked.words.some(function (one) { return one.word === word; });
      });
      return Promise.all(alsoWords.map(function (word) { return find(word, false); })).then(function (more) {
        return ranked(asked, found[0], more, found[1], stand, there, also);
      });
    });
  }

  function ranked(asked, found, more, not, stand, there, also) {
    var score = new Map(), matched = new Map(), marks = new Set();
    function add(terms, share, counts) {
      var by = weights(terms, stand), idf = Math.log(1 + (there - by.size + 0.5) / (by.size + 0.5));
      terms.forEach(function (one) {
        [one.term].concat(one.forms).forEach(function (form) { if (!common.has(form)) marks.add(form); });
      });
      by.forEach(function (weight, code) {
        score.set(code, (score.get(code) || 0) + share * weight * idf);
        if (counts) matched.set(code, (matched.get(code) || 0) + 1);
      });
    }
    found.forEach(function (terms) { add(terms, 1, true); });
    more.forEach(function (terms) { add(terms, 0.4, false); });
    not.forEach(function (terms) { weights(terms, stand).forEach(function (w, code) { score.delete(code); }); });
    asked.phrases.forEach(function () {
      score.forEach(function (value, code) { if ((matched.get(code) || 0) < asked.words.length) score.delete(code); });
    });
    var all = asked.words.length, hits = Array.from(score.keys());
    hits.sort(function (a, b) {
      var whole = ((matched.get(b) || 0) === all) - ((matched.get(a) || 0) === all);
      return whole || score.get(b) - score.get(a) || a - b;
    });
    var holding = hits.filter(function (code) { return (matched.get(code) || 0) === all; }).length;
    return { hits: hits, all: holding, marks: marks, stand: stand, also: also, asked: asked };
  }

  // ---------------------------------------------------------------- one hit

  function address(code, stand, on) {
    var segment = codes[code];
    if (on === own || !facts.history) return segment + ".html";
    return stand.first === null ? segment + "/history.html" : segment + "/on/" + iso(stand.first) + ".html";
  }

  // The clause with most of the words asked for; a phrase outweighs all words.
  function best(passages, result) {
    var chosen = null, most = 0;
    passages.forEach(function (passage) {
      var said = words(passage[2]), marked = said.filter(function (word) { return result.marks.has(word); });
      var worth = new Set(marked).size + 100 * result.asked.phrases.filter(function (phrase) {
        return holds(said, phrase);
      }).length;
      if (worth > most) { most = worth; chosen = passage; }
    });
    return chosen;
  }

  function holds(said, phrase) { return (" " + said.join(" ") + " ").indexOf(" " + phrase.join(" ") + " ") >= 0; }

  function titleOf(code, stand) {
    return load("n", Math.floor(code / facts.named), "n/" + Math.floor(code / facts.named) + ".js").then(function (file) {
      var titles = file[2][code % facts.named], at = 0, end = 0;
      do { end += titles[at + 1]; at += 2; } while (end <= stand.versions[0]);
      return titles[at - 2];
    });
  }

  // The title of a hit and, for phrases, what its page says, which decides whether it is one.
  function fetched(code, result, on) {
    var stand = result.stand[code], path = address(code, stand, on);
    var hit = { code: code, stand: stand, path: path, fits: true };
    return titleOf(code, stand).then(function (title) {
      hit.title = title;
      if (!result.asked.phrases.length) return hit;
      return opened(path).then(function (page) {
        var said = page.passages.map(function (passage) { return words(passage[2]); }).concat([words(title)]);
        hit.fits = result.asked.phrases.every(function (phrase) {
          return said.some(function (one) { return holds(one, phrase); });
        });
        return hit;
      });
    });
  }

  // ---------------------------------------------------------------- drawing

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  // Where the words asked for stand closest together; a phrase, where there is one.
  function densest(found, result) {
    var folded = found.map(function (one) { return fold(one[0]); }), most = 0, start = 0;
    found.forEach(function (one, n) {
      var near = new Set(), phrases = 0;
      for (var m = n; m < found.length && found[m].index < one.index + 200; m++) {
        if (result.marks.has(folded[m])) near.add(folded[m]);
      }
      result.asked.phrases.forEach(function (phrase) {
        if (phrase.every(function (word, k) { return folded[n + k] === word; })) phrases++;
      });
      var worth = (result.marks.has(folded[n]) || phrases ? near.size : 0) + 100 * phrases;
      if (worth > most) { most = worth; start = one.index; }
    });
    return start;
  }

  function snippet(passage, result) {
    var marks = result.marks;
    var text = passage[2], line = element("p", "snippet");
    line.dir = "auto";
    if (passage[1]) line.append(element("span", "where", passage[1]), " ");
    var found = Array.from(text.matchAll(WORD)), from = Math.max(0, densest(found, result) - 60);
    if (from > 0) from = text.indexOf(" ", from) + 1;
    var to = Math.min(text.length, from + 260), at = from;
    if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + 1);
    if (from > 0) line.append("… ");
    found.forEach(function (one) {
      if (one.index < from || one.index + one[0].length > to || !marks.has(fold(one[0]))) return;
      line.append(text.slice(at, one.index), element("mark", "", one[0]));
      at = one.index + one[0].length;
    });
    line.append(text.slice(at, to), to < text.length ? " …" : "");
    return line;
  }

  // The hit at once, by its title; its days and the words around it when it is told, from its page.
  function drawn(hit, result) {
    var item = element("li"), heading = element("h2"), link = element("a"), meta = element("p", "meta");
    link.href = hit.path;
    link.append(element("span", "code", codes[hit.code].replace("-", " ")), " ", element("bdi", "", hit.title));
    heading.append(link);
    if (!hit.stand.sure) {
      meta.append(element("span", "tag small disputed", "Disputed"), " ", hit.stand.versions.length === 1 ?
        "One version, or none, may have been in force" : hit.stand.versions.length + " versions may have been in force");
    }
    item.append(heading, meta);
    hit.tell = function () {
      return opened(hit.path).then(function (page) {
        var passage = best(page.passages, result);
        if (hit.stand.sure) meta.textContent = page.validity;
        if (passage && passage[0] && hit.stand.sure) link.href = hit.path + "#" + passage[0];
        if (passage) item.append(snippet(passage, result));
        else if (page.lacking) item.append(element("p", "quiet", page.lacking));
      }).catch(function () {
        item.append(element("p", "quiet", "Its page could not be read here, so no words are shown."));
      });
    };
    return item;
  }

  var state = null;
  function show(result, on, query) {
    var list = document.getElementById("hits"), aside = document.getElementById("aside");
    list.textContent = aside.textContent = "";
    if (result.also.length) {
      aside.append(element("p", "quiet", "Also searched: " + result.also.join(", ") + ". Put a word in quotes to search only for it."));
    }
    state = { result: result, on: on, next: 0, shown: 0, query: query };
    return further();
  }

  function further() {
    var result = state.result, wanted = state.shown + SHOWN, mine = state, untold = [];
    function batch() {
      var left = result.hits.slice(state.next, Math.min(state.next + wanted - state.shown, result.hits.length));
      if (!left.length || state.next >= LOOKED_AT + state.shown) return Promise.resolve();
      state.next += left.length;
      return Promise.all(left.map(function (code) { return fetched(code, result, state.on); })).then(function (hits) {
        if (mine !== state) return null;
        hits.filter(function (hit) { return hit.fits; }).forEach(function (hit) {
          document.getElementById("hits").append(drawn(hit, result));
          untold.push(hit);
          state.shown++;
        });
        return state.shown < wanted ? batch() : null;
      });
    }
    if (result.asked.phrases.length) say("Reading the pages that may hold these very words …");
    return batch().then(function () {
      if (mine !== state) return;
      performance.mark("inforce-shown");
      setTimeout(function () {  // the hits are to be seen before ten frames are made
        Promise.all(untold.map(function (hit) { return hit.tell(); })).then(function () { performance.mark("inforce-told"); });
      });
      var more = state.next < result.hits.length;
      document.getElementById("more").hidden = !more;
      tell(more);
    });
  }

  function tell(more) {
    var result = state.result, total = result.hits.length, when = " on " + inWords(state.on) + ".";
    if (result.asked.phrases.length) {
      say(state.shown + (more ? " or more" : "") + " with these very words" + when);
    } else if (!total) say("Nothing was found" + when);
    else if (result.asked.words.length < 2 && !result.also.length) say(count(total) + " found" + when);
    else say(count(total) + " with any of these words" + when.slice(0, -1) + "; " + result.all + " with all of them.");
  }
  function count(n) { return n + (n === 1 ? " instruction" : " instructions"); }
  function say(text) { document.getElementById("said").textContent = text; }

  // ---------------------------------------------------------------- codes

  // A16.1(b)(ii), a 16.1, A16-1, appendix 13: the code's segment and the place; null where it is no code
  function code(typed, on) {
    var said = typed.trim().replace(/\s+/g, " ");
    var found = /^appendix ?-?(\d+)((?: ?\([a-z0-9]+\))*)$/i.exec(said);
    if (found) return known("Appendix-" + found[1], found[2], on);
    found = /^([a-z]{1,3}) ?(\d{1,3})?((?:[ .-]\d{1,3}){0,2}) ?((?: ?\([a-z0-9]+\))*)$/i.exec(said);
    if (!found || (!found[2] && said.length > 2)) return null;
    return known(found[1].toUpperCase() + (found[2] || "") + found[3].replace(/[ -]/g, "."), found[4], on);
  }
  function known(segment, places, on) {
    var place = segment.replace("Appendix-", "Appendix_") + places.replace(/ /g, "").replace(/\(/g, "-").replace(/\)/g, "");
    var section = segment.split(".").slice(0, 2).join("."), own = all.has(segment);
    if (!stands(segment, on) && section !== segment && (stands(section, on) || (!own && all.has(section)))) {
      return { segment: section, place: place };
    }
    return own ? { segment: segment, place: places ? place : "" } : { segment: segment, place: "", unknown: true };
  }
  // Whether a code had begun to be an instruction's by the day.
  function stands(segment, on) { return all.has(segment) && !(facts.begun[segment] > on); }

  function jump(found, on) {
    var place = found.place ? "#" + found.place : "", number = codes.indexOf(found.segment);
    if (on === own || !facts.history) { location.replace(found.segment + ".html" + place); return; }
    var stand = number < 0 ? null : standing(on)[number];
    location.replace(stand ? address(number, stand, on) + (stand.sure ? place : "") : found.segment + "/history.html");
  }

  function near(segment) {
    var letters = segment.replace(/\d.*/, ""), like = Array.from(all).filter(function (one) {
      return one.startsWith(segment) || (one.startsWith(letters) && segment.startsWith(one));
    });
    if (!like.length) like = Array.from(all).filter(function (one) { return one.startsWith(letters); });
    return like.slice(0, 8);
  }

  function offer(found) {
    var aside = document.getElementById("aside"), like = near(found.segment);
    say("No instruction has the code " + found.segment + ".");
    if (!like.length) return;
    var list = element("ul");
    like.forEach(function (one) {
      var item = element("li"), link = element("a", "", one.replace("-", " "));
      link.href = one + ".html";
      item.append(link);
      list.append(item);
    });
    aside.append(element("p", "", "Codes like it:"), list);
  }

  // ---------------------------------------------------------------- start

  var facts = have["start/"] && have["start/"][2];
  if (!facts) { say("The files of the search are not beside this page."); return; }
  var codes = facts.codes.split(" ").filter(Boolean), common = new Set(facts.common.split(" "));
  var all = new Set(codes.concat(facts.others.split(" ").filter(Boolean)));
  var own = (Date.parse(facts.on + "T00:00:00Z") - EPOCH) / DAY;

  function run() {
    var asked = new URLSearchParams(location.search), query = (asked.get("q") || "").trim();
    var typed = (asked.get("on") || "").trim(), on = facts.history && typed ? day(typed) : own;
    var box = document.getElementById("q"), when = document.getElementById("on");
    if (box) box.value = query;
    if (when && typed) when.value = on === null ? typed : inWords(on);
    if (on === null) { say("“" + typed + "” is not a day. Expected 2024-08-15, 15/8/2024 or 15 August 2024."); return; }
    if (!query) { say("Type a code or words into the box above."); return; }
    document.title = query + " – Search – In Force";
    banner(on);
    load("days", "", "days.js").then(function () {
      var found = code(query, on);
      if (found && !found.unknown) { jump(found, on); return null; }
      return search(query, on).then(function (result) {
        return show(result, on, query).then(function () { if (found && !result.hits.length) offer(found); });
      });
    }).catch(function (problem) {
      say("A file of the search could not be read (" + problem.message + "). The contents and the A to Z lead everywhere.");
    });
  }
  function banner(on) {
    var line = document.querySelector(".day");
    if (!line || on === own) return;
    line.className = "day other";
    line.textContent = "This page answers for ";
    line.append(element("strong", "", inWords(on)), ", ", element("strong", "", "not"), " for the day of this edition.");
  }
  document.getElementById("more").addEventListener("click", further);
  run();
})();
