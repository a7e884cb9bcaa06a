/* Searches the edition in the browser: loads the few script files that a query needs, and looks only at versions that
   answer on the day asked. manual/export/search writes the files and says what is in them. The language, the words and
   the score are those of the site: `indexer/language.py`, `written.py`, `analysis.py`, `vocabulary.py`, `evaluate.py`,
   in this order below; a test asks both the same. What can't be searched here is refused in words. The words around a
   hit come from the hit's own page, opened in a hidden frame, where edition.js hands them over: on a stick no other way
   leads to them. */
"use strict";
(function () {
  var EPOCH = Date.UTC(1900, 0, 1), DAY = 86400000, KEY = 4, SHOWN = 10, DEEPEST = 20, MOST_JOINED = 4;
  var PATIENCE = 8000;
  var MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december"];
  var WORD = /(?<![\p{L}\p{N}_.,])\p{Nd}{1,3}(?:,\p{Nd}{3})+(?![\p{L}\p{N}_]|,\p{Nd})(?:\.\p{Nd}+)?|[\p{L}\p{N}_]+(?:\.(?=\p{Nd})[\p{L}\p{N}_]+|['’‘ʻʼ`´][\p{L}\p{N}_]+)*/gu;

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

  // ---------------------------------------------------------------- words

  function fold(word) {
    return Array.from(word.toLowerCase()).map(function (letter) { return accents.get(letter) || letter; }).join("")
      .replace(/['’‘ʻʼ`´]s?$|['’‘ʻʼ`´,]|(?<=\p{Nd})\.00$/gu, "");
  }

  function printed(text) { return Array.from(text.matchAll(WORD)); }
  function words(text) { return printed(text.normalize("NFC")).map(function (one) { return fold(one[0]); }); }

  function usualForm(word) {
    if (usual.has(word)) return usual.get(word);
    for (var n = 0; n < rules.length; n++) {
      var changed = word.replace(rules[n][0], rules[n][1]);
      if (changed !== word) return changed;
    }
    return word;
  }

  var STEMS = { skis: "ski", skies: "sky", idly: "idl", gently: "gentl", ugly: "ugli", early: "earli", only: "onli",
    singly: "singl", sky: "sky", news: "news", howe: "howe", atlas: "atlas", cosmos: "cosmos", bias: "bias",
    andes: "andes" };
  var SECOND = [["ization", "ize"], ["ational", "ate"], ["fulness", "ful"], ["ousness", "ous"], ["iveness", "ive"],
    ["tional", "tion"], ["biliti", "ble"], ["lessli", "less"], ["entli", "ent"], ["ation", "ate"], ["alism", "al"],
    ["aliti", "al"], ["ousli", "ous"], ["iviti", "ive"], ["fulli", "ful"], ["ogist", "og"], ["enci", "ence"],
    ["anci", "ance"], ["abli", "able"], ["izer", "ize"], ["ator", "ate"], ["alli", "al"], ["bli", "ble"],
    ["ogi", "og", /l$/], ["li", "", /[cdeghkmnrt]$/]];
  var THIRD = [["ational", "ate"], ["tional", "tion"], ["alize", "al"], ["icate", "ic"], ["iciti", "ic"],
    ["ical", "ic"], ["ative", "", "R2"], ["ness", ""], ["ful", ""]];
  var FOURTH = ["ement", "ment", "ance", "ence", "able", "ible", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize",
    "ion", "al", "er", "ic"];

  // The Snowball project's English stemmer (3.1), for folded words.
  function stem(word) {
    if (word.length > 40 || !/^\p{L}+$/u.test(word)) return word;
    var w = usualForm(word);
    if (Object.prototype.hasOwnProperty.call(STEMS, w)) return STEMS[w];
    if (w.length < 3) return w;
    w = w.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
    var first = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/.exec(w) ||
      /^[^aeiouy]*[aeiouy]+[^aeiouy]/.exec(w);
    var R1 = first ? first[0].length : w.length;
    var next = /^[^aeiouy]*[aeiouy]+[^aeiouy]/.exec(w.slice(R1)), R2 = next ? R1 + next[0].length : w.length;
    w = plural(w);
    w = participle(w, R1);
    if (w.length > 2 && /[^aeiouy][yY]$/.test(w)) w = w.slice(0, -1) + "i";
    w = replaced(w, SECOND, R1, R2);
    w = replaced(w, THIRD, R1, R2);
    var ending = FOURTH.find(function (one) { return w.endsWith(one); }), rest = w.slice(0, w.length - (ending || "").length);
    if (ending && rest.length >= R2 && (ending !== "ion" || /[st]$/.test(rest))) w = rest;
    rest = w.slice(0, -1);
    if (w.endsWith("e") && (rest.length >= R2 || (rest.length >= R1 && !isShort(rest)))) w = rest;
    else if (w.endsWith("ll") && rest.length >= R2) w = rest;
    return w.replace(/Y/g, "y");
  }
  function isShort(w) { return /[^aeiouy][aeiouy][^aeiouywxY]$|^[aeiouy][^aeiouy]$|past$/.test(w); }
  function plural(w) {
    if (/sses$/.test(w)) return w.slice(0, -2);
    if (/ie[ds]$/.test(w)) return w.length > 4 ? w.slice(0, -2) : w.slice(0, -1);
    if (/(?:ss|us)$/.test(w)) return w;
    return /[aeiouy].s$/.test(w) || /[aeiouy].+s$/.test(w) ? w.slice(0, -1) : w;
  }
  function participle(w, R1) {
    var found = /(?:eedly|ingly|edly|eed|ing|ed)$/.exec(w);
    if (!found) return w;
    var rest = w.slice(0, found.index);
    if (found[0] === "eed" || found[0] === "eedly") {
      return rest.length >= R1 && !/^(?:succ|proc|exc)$/.test(rest) ? rest + "ee" : w;
    }
    if (found[0] === "ing") {
      if (/^[^aeiouy]y$/.test(rest)) return rest.slice(0, -1) + "ie";
      if (/^(?:even|cann|inn|earr|herr|out)$/.test(rest)) return w;
    }
    if (!/[aeiouy]/.test(rest)) return w;
    if (/(?:at|bl|iz)$/.test(rest)) return rest + "e";
    if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(rest)) return /^[aeo]..$/.test(rest) ? rest : rest.slice(0, -1);
    return rest.length === R1 && isShort(rest) ? rest + "e" : rest;
  }
  function replaced(w, endings, R1, R2) {
    var found = endings.find(function (one) { return w.endsWith(one[0]); });
    if (!found) return w;
    var rest = w.slice(0, w.length - found[0].length);
    if (rest.length < (found[2] === "R2" ? R2 : R1) || (found[2] instanceof RegExp && !found[2].test(rest))) return w;
    return rest + found[1];
  }

  // What of a word chooses its file.
  function keyOf(word) {
    if (/^\p{Nd}/u.test(word)) return word.slice(0, 2);
    return /^\P{Nd}*/u.exec(word)[0].slice(0, KEY);
  }
  function hashOf(text) {
    var hash = 2166136261;
    for (var n = 0; n < text.length; n++) hash = Math.imul(hash ^ text.charCodeAt(n), 16777619) >>> 0;
    return hash;
  }

  // Numbers as `terms.number` writes them: signs up to LAST end one, MORE others say that it goes on.
  var LAST = 42, MORE = 20, VALUE = new Uint8Array(128);
  for (var sign = 33, n = 0; sign < 127; sign++) if ('"\\<>'.indexOf(String.fromCharCode(sign)) < 0) VALUE[sign] = n++;
  function Numbers(text) { this.text = text; this.at = 0; }
  Numbers.prototype.next = function () {
    var digit = VALUE[this.text.charCodeAt(this.at++)];
    return digit < LAST ? digit : digit + MORE * this.next();
  };
  // A sign that is no number, of a dense word: its place in their list for `side` 0 (before) or 1 (after); else -1.
  Numbers.prototype.dense = function (side) {
    var value = VALUE[this.text.charCodeAt(this.at)] - LAST - MORE;
    if (!(value >= 0 && value % 2 === side)) return -1;
    this.at++;
    return value >> 1;
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

  // ---------------------------------------------------------------- the language: text in, tree out

  function Broken(what) { this.what = what; }
  function Refused(what) { this.what = what; }
  var OF_ACT = /(?:sections?|sect?\.?|ss?\.?) ?(\d{1,3}[A-Z]{0,2})((?:\([0-9A-Za-z]{1,4}\))*)(?![\p{L}\p{N}_*~-]|\.\d)/iuy;
  var PATTERNS = {
    phrase: /"([^"]*)"(?:~(\d{1,3})?)?/y, operator: /(?:AND|OR|NOT)(?![^\s()])/y, mark: /[+-](?=[^\s+-])/y,
    chunk: /[^\s"()]+/y, space: /\s+/y
  };
  function at(pattern, text, place) { pattern.lastIndex = place; return pattern.exec(text); }

  // The patterns that depend on the publisher or on tables of words.
  function prepared() {
    var letters = "(" + facts.letters + ")([ .-]?)", labels = "((?: ?\\( ?[A-Za-z0-9]{1,7} ?\\)){0,4})";
    var end = "(?![\\p{L}\\p{N}_*~])", units = facts.units.split(" ").sort(function (a, b) { return b.length - a.length; });
    var ways = Array.from(compounds.values()).map(function (one) { return one[0] + "[ -]?" + one[1]; }).sort().reverse();
    var number = "[1-9][0-9]{0,2}", dot = " ?[.,·:] ?(?<!, )";
    PATTERNS.field = new RegExp("(" + facts.fields.split(" ").join("|") + "):(?=\\S)", "iy");
    PATTERNS.code = new RegExp(letters + "(\\d{1,3}(?:(?: ?[.,·:] ?|-| )\\d{1,3}){0,2})" + end + labels, "uy");
    PATTERNS.word = new RegExp("(?:" + facts.inWords + ") ?\\d{1,2}" + end + labels, "iuy");
    PATTERNS.letters = /[A-Z]{1,2}(?![\p{L}\p{N}_*~:.])/uy;
    PATTERNS.form = new RegExp("(" + (facts.forms.split(" ").join("|") || "(?!)") + ")[ -]?(\\d{3,4})(?![\\p{L}\\p{N}_*~-]|\\.\\d)", "iuy");
    PATTERNS.amount = new RegExp("(\\d+(?:,\\d{3})*(?:\\.\\d+)?)[ -]?(" + units.join("|") + ")(?![\\p{L}\\p{N}_*~-])", "iuy");
    PATTERNS.compound = new RegExp("(" + ways.join("|") + ")(s?)(?![\\p{L}\\p{N}_*~’'-])", "iuy");
    PATTERNS.typedWord = new RegExp("^(?:" + facts.typed + ") ?([1-9][0-9]?)(.*)$", "i");
    PATTERNS.typedCode = new RegExp("^(" + facts.letters + ")[ .-]?(" + number + ")(?:(?:" + dot + "| ?- ?|  ?)(" + number +
      ")(?:(?:" + dot + "|(?<=-[0-9]{1,3})-|  ?)(" + number + "))?)?(?![0-9])(.*)$");
    PATTERNS.labels = new RegExp("^(?: ?\\( ?(?:[A-Za-z]|" + facts.doubled + "|[IVXivx]{2,7}|[0-9]{1,2}) ?\\))*$", "i");
  }

  // A code and the place in it as `citation.parse_citation` reads what is typed; null for anything else.
  function citation(typed) {
    var found = PATTERNS.typedWord.exec(typed), code, rest;
    if (found) { code = facts.word + "-" + found[1]; rest = found[2]; }
    else {
      found = PATTERNS.typedCode.exec(typed);
      if (!found) return null;
      code = found[1].toUpperCase() + found.slice(2, 5).filter(Boolean).join(".");
      rest = found[5];
    }
    if (!PATTERNS.labels.test(rest)) return null;
    return { code: code, place: rest.replace(/ /g, "").toLowerCase() };
  }
  function sectionOf(code) { var parts = code.split("."); return parts.length === 3 ? parts[0] + "." + parts[1] : code; }

  function codeAt(text, place) {
    var match = at(PATTERNS.code, text, place), word = match ? null : at(PATTERNS.word, text, place);
    if (!match && !word) {
      var letters = at(PATTERNS.letters, text, place);
      if (!letters || !(letters[0].length === 2 || letters[0] === text.trim()) || !all.has(letters[0])) return null;
      return { code: letters[0], end: place + letters[0].length };
    }
    var whole = (match || word)[0], labels = match ? match[4] : word[1], ends = [whole.length, whole.length - labels.length];
    if (match) {
      var base = match[1].length + match[2].length, gaps = Array.from(match[3].matchAll(/ ?[.,·: -] ?/g)).reverse();
      gaps.forEach(function (gap) { ends.push(base + gap.index); });
    }
    for (var n = 0; n < ends.length; n++) {
      var typed = whole.slice(0, ends[n]), read = ends.indexOf(ends[n]) === n ? citation(typed) : null;
      if (read && isMeant(match, typed, read.code, text)) return { code: read.code, end: place + ends[n] };
    }
    return null;
  }
  function isMeant(match, typed, code, text) {
    var there = all.has(code) || all.has(sectionOf(code));
    if (!match) return there;
    if (match[1] === "") return there;
    if (match[2] === " " && common.has(fold(match[1]))) {
      return there && (!/^\d+$/.test(match[3]) || typed.length === text.trim().length);
    }
    return (/\d[.·]\d/.test(typed) && match[2] !== ".") || there;
  }

  function compound(parts, listed) { return { is: "one", said: parts, listed: listed, joined: parts.join("") }; }
  // What is written in several ways and is one thing.
  function oneThingAt(text, place) {
    var match = at(OF_ACT, text, place), number;
    if (match) {
      number = match[1].toLowerCase();
      return { node: { is: "one", said: ["section", number], listed: true, joined: "s" + number, places: match[2] },
        end: place + match[0].length };
    }
    if ((match = at(PATTERNS.form, text, place))) {
      return { node: compound([match[1].toLowerCase(), match[2]], true), end: place + match[0].length };
    }
    if ((match = at(PATTERNS.amount, text, place))) {
      return { node: { is: "near", number: fold(match[1]), unit: match[2].toLowerCase() }, end: place + match[0].length };
    }
    if ((match = at(PATTERNS.compound, text, place))) {
      var parts = compounds.get(match[1].toLowerCase().replace(/[ -]/g, ""));
      return { node: compound([parts[0], parts[1] + match[2].toLowerCase()], true), end: place + match[0].length };
    }
    return null;
  }

  function tokens(text) {
    var found = [], place = 0, first = true;
    while (place < text.length) {
      var token = tokenAt(text, place, first);
      first = !token.kind || token.kind === "open" || token.kind === "mark" || token.kind === "field";
      if (token.kind) found.push(token);
      place = token.end;
    }
    return found;
  }
  function tokenAt(text, place, first) {
    var match = at(PATTERNS.space, text, place);
    if (match) return { end: place + match[0].length };
    if (text[place] === '"') {
      match = at(PATTERNS.phrase, text, place);
      if (!match) throw new Broken("a quotation mark is not closed");
      return { kind: "phrase", text: match[1], within: match[2], end: place + match[0].length };
    }
    if (text[place] === "(" || text[place] === ")") {
      return { kind: text[place] === "(" ? "open" : "close", text: text[place], end: place + 1 };
    }
    var kind = ["mark", "field", "operator"].find(function (one) {
      return (one !== "mark" || first) && (match = at(PATTERNS[one], text, place));
    });
    if (kind) return { kind: kind, text: match[0], end: place + match[0].length };
    return codeOrChunk(text, place);
  }
  function codeOrChunk(text, place) {
    var cited = codeAt(text, place), one = cited ? null : oneThingAt(text, place);
    if (cited) return { kind: "code", text: text.slice(place, cited.end), code: cited.code, end: cited.end };
    if (one) return { kind: "one", text: text.slice(place, one.end), node: one.node, end: one.end };
    var chunk = at(PATTERNS.chunk, text, place), end = chunk ? place + chunk[0].length : place + 1;
    return { kind: "chunk", text: text.slice(place, end), end: end };
  }
  // Words and codes only; every other sign is white space.
  function plainTokens(text) {
    var found = [], place = 0;
    printed(text).forEach(function (word) {
      if (word.index < place) return;
      var token = codeOrChunk(text, word.index);
      if (token.kind === "chunk") token = { kind: "chunk", text: word[0], end: place };
      else place = token.end;
      found.push(token);
    });
    return found;
  }

  function parse(query) {
    var text = query.normalize("NFC").slice(0, facts.most[0]).replace(/[“”„«»]/g, '"').replace(/\0/g, " "), notes = [], parsed;
    if (query.length > facts.most[0]) {
      notes.push("The query is very long; only its first " + facts.most[0] + " characters were searched.");
    }
    try {
      parsed = new Parser(tokens(text)).parsed();
    } catch (problem) {
      if (!(problem instanceof Broken)) throw problem;
      notes.push("The query can't be read as written (" + problem.what + "), so its words were searched as plain words.");
      parsed = new Parser(plainTokens(text)).parsed();
    }
    if (!parsed.tree && text.trim()) {
      parsed.notes.push("Nothing was searched: a query needs at least one word, code or field that is to be found.");
    }
    parsed.notes = Array.from(new Set(notes.concat(parsed.notes)));
    return parsed;
  }

  function Parser(found) { this.tokens = found; this.at = 0; this.on = null; this.notes = []; this.cost = 0; }
  function joined(items) {
    if (items.length < 2) return items.length ? items[0].node : null;
    return { is: "all", parts: items.map(function (item) { return item.node; }) };
  }
  function isFilter(node) { return node.is === "status" || node.is === "codes"; }
  function isCommon(node) { return node.is === "word" && common.has(node.word); }
  function ranked(items) {
    var nots = items.filter(function (item) { return item.node.is === "not"; }).map(function (item) { return item.node.part; });
    var rest = items.filter(function (item) { return item.node.is !== "not"; });
    function isMust(item) { return item.must || isFilter(item.node); }
    var must = rest.filter(isMust).map(function (item) { return item.node; });
    var should = rest.filter(function (item) { return !isMust(item); }).map(function (item) { return item.node; });
    var telling = should.filter(function (node) { return !isCommon(node); });
    if (!should.length && !must.length) return nots.length ? { is: "not", part: { is: "any", parts: nots } } : null;
    if (should.length === 1 && !must.length && !nots.length) return should[0];
    return { is: "ranked", should: telling.length || must.length ? telling : should, must: must, not: nots };
  }
  Parser.prototype = {
    parsed: function () {
      var tree = this.sequence(0);
      if (this.at < this.tokens.length) throw new Broken("a bracket is closed that was not opened");
      return { tree: tree && tree.is === "not" ? null : tree, on: this.on, notes: this.notes };
    },
    peek: function () { return this.tokens[this.at]; },
    isOperator: function (name) { var one = this.peek(); return one && one.kind === "operator" && (!name || one.text === name); },
    sequence: function (depth) {
      if (depth > DEEPEST) throw new Broken("its brackets are too deep");
      var items = [];
      while (this.peek() && this.peek().kind !== "close") items = items.concat(this.any(depth));
      return ranked(items);
    },
    any: function (depth) {
      var first = this.every(depth);
      if (!this.isOperator("OR")) return first;
      var parts = [joined(first)];
      while (this.isOperator("OR")) { this.at++; parts.push(joined(this.every(depth))); }
      parts = parts.filter(Boolean);
      if (parts.some(function (node) { return node.is === "not"; })) {
        this.notes.push("A NOT beside OR finds nothing by itself and was passed over.");
      }
      return parts.length ? [{ node: { is: "any", parts: parts } }] : [];
    },
    every: function (depth) {
      var first = this.unary(depth);
      if (!this.isOperator("AND")) return first;
      var parts = [joined(first)];
      while (this.isOperator("AND")) { this.at++; parts.push(joined(this.unary(depth))); }
      parts = parts.filter(Boolean);
      if (parts.length && parts.every(function (node) { return node.is === "not"; })) {
        return [{ node: { is: "not", part: { is: "any", parts: parts.map(function (node) { return node.part; }) } } }];
      }
      return parts.length ? [{ node: { is: "all", parts: parts } }] : [];
    },
    unary: function (depth) {
      if (depth > DEEPEST) throw new Broken("its marks are too deep");
      var token = this.peek(), node;
      if (!token || token.kind === "close" || this.isOperator("AND") || this.isOperator("OR")) {
        throw new Broken("an operator has nothing to join");
      }
      if (token.kind === "operator" || (token.kind === "mark" && token.text === "-")) {
        this.at++;
        node = joined(this.unary(depth + 1));
        if (node && node.is === "not") return [{ node: node.part }];
        return node ? [{ node: { is: "not", part: node } }] : [];
      }
      if (token.kind === "mark") {
        this.at++;
        node = joined(this.unary(depth + 1));
        return node ? [{ node: node, must: true }] : [];
      }
      return this.primary(token, depth);
    },
    primary: function (token, depth) {
      this.at++;
      if (token.kind === "open") return this.group(depth);
      if (token.kind === "field") return this.field(token.text.slice(0, -1).toLowerCase(), depth);
      if (token.kind === "phrase") return this.phrase(token);
      if (token.kind === "code") return this.leaf({ is: "cited", code: token.code });
      if (token.kind === "one") {
        if (token.node.places) {
          this.notes.push("Places in a section of an Act can’t be searched for; " + token.node.said.join(" ") + " was.");
        }
        return this.leaf(token.node);
      }
      return this.chunk(token);
    },
    group: function (depth) {
      var node = this.sequence(depth + 1);
      if (!this.peek()) throw new Broken("a bracket is not closed");
      this.at++;
      return node ? [{ node: node }] : [];
    },
    leaf: function (node) {
      this.cost += node.is === "one" ? node.said.length : node.is === "prefix" || node.is === "near" ? 4 : isCommon(node) ? 0.5 : 1;
      if (this.cost > facts.most[1]) {
        this.notes.push("The query has very many words; only the first ones were searched.");
        return [];
      }
      return [{ node: node }];
    },
    phrase: function (token) {
      var said = words(token.text).slice(0, facts.most[1]);
      if (!said.length) return [];
      if (token.within !== undefined) throw new Refused("words near each other, like \"job offer\"~5");
      if (facts.pairs && said.length > 2) {
        this.notes.push("In this edition a phrase of three words or more is found where each two neighbours in it stand side by side.");
      }
      return this.leaf({ is: "phrase", words: said, exact: true });
    },
    chunk: function (token) {
      var parser = this, items = [];
      hyphenated(token.text).forEach(function (run) {
        var last = run[run.length - 1], folded = fold(last[0]), after = token.text[last.index + last[0].length];
        if (run.length > 1 && after !== "*" && after !== "~") {
          items = items.concat(parser.leaf(compound(run.map(function (word) { return fold(word[0]); }), false)));
          return;
        }
        run.slice(0, -1).forEach(function (word) { items = items.concat(parser.leaf({ is: "word", word: fold(word[0]) })); });
        if (after === "~") throw new Refused("words spelt nearly so, like " + last[0] + "~");
        if (after === "*" && folded.length > 1 && keyOf(folded) === folded && folded.length < (/^\d/.test(folded) ? 2 : KEY)) {
          throw new Refused("a * after fewer than " + KEY + " letters, like " + last[0] + "*");
        }
        items = items.concat(parser.leaf({ is: after === "*" && folded.length > 1 ? "prefix" : "word", word: folded }));
      });
      return items;
    },
    field: function (name, depth) {
      if (name === "title") {
        var node = joined(this.titled(depth));
        return node ? [{ node: node, must: true }] : [];
      }
      var value = this.value(name);
      if (name === "on") {
        this.on = day(value);
        if (this.on === null) throw new Broken(value + " is not a day");
        return [];
      }
      if (name === "code") return [{ node: codesLike(value) }];
      if (name === "status") return [{ node: statusIs(value) }];
      throw new Refused("the field \"" + name + ":\"");
    },
    titled: function (depth) {
      var token = this.peek();
      if (!token || ["phrase", "chunk", "code", "one", "open"].indexOf(token.kind) < 0) throw new Broken("title: has no words");
      return this.primary(token, depth).map(function (item) { return { node: inTitle(item.node), must: item.must }; });
    },
    value: function (name) {
      var token = this.peek();
      if (!token || ["phrase", "chunk", "code", "one"].indexOf(token.kind) < 0 || !token.text.trim()) {
        throw new Broken(name + ": has no value");
      }
      this.at++;
      return token.text;
    }
  };
  function hyphenated(text) {
    var runs = [], end = 0;
    printed(text).forEach(function (word) {
      var last = runs[runs.length - 1];
      if (last && last.length < MOST_JOINED && /^[-‐‑]?$/.test(text.slice(end, word.index)) && word.index > end) last.push(word);
      else runs.push([word]);
      end = word.index + word[0].length;
    });
    return runs;
  }
  function codesLike(value) {
    var open = /\*$/.test(value), start = value.replace(/\*+$/, "").trim(), read = start && citation(start);
    if (!start) throw new Broken("code: has no value");
    return { is: "codes", start: read ? read.code : start.toUpperCase().replace(" ", "-"), open: open };
  }
  function statusIs(value) {
    var word = value.trim().toLowerCase().replace(/[ -]/g, "_");
    if (word === "ended") throw new Refused("status:ended");
    if (ANSWERS.indexOf(word) < 0) throw new Broken("status: knows in_force, disputed, ended, undated");
    return { is: "status", answer: ANSWERS.indexOf(word) };
  }
  function inTitle(node) {
    var made = Object.assign({}, node);
    if (made.part) made.part = inTitle(made.part);
    ["parts", "should", "must", "not"].forEach(function (name) { if (made[name]) made[name] = made[name].map(inTitle); });
    if (!made.part && !made.parts && !made.should && !isFilter(made)) made.title = true;
    return made;
  }

  // ---------------------------------------------------------------- what people say for what the manual says

  function widened(node, also, notes) {
    if (node.is === "word" || node.is === "one") return inSequence([node], also, notes)[0];
    function each(parts) { return parts.map(function (part) { return widened(part, also, notes); }); }
    if (node.is === "all" || node.is === "any") return Object.assign({}, node, { parts: each(node.parts) });
    if (node.is === "ranked") {
      return { is: "ranked", should: inSequence(node.should, also, notes), must: each(node.must), not: node.not };
    }
    return node;
  }
  function isSaid(node) { return node.is === "word" || node.is === "one"; }
  function saying(run) {
    return run.map(function (node) { return (node.said || [node.word]).map(stem).join(" "); }).join(" ");
  }
  function inSequence(parts, also, notes) {
    var done = [], place = 0;
    while (place < parts.length) {
      var best = 0, run = [];
      for (var n = place; n < Math.min(parts.length, place + longest) && isSaid(parts[n]) && !parts[n].title === !parts[place].title; n++) {
        run.push(parts[n]);
        if (related.has(saying(run))) best = run.length;
      }
      if (!best) { done.push(isSaid(parts[place]) ? parts[place] : widened(parts[place], also, notes)); place++; continue; }
      run = run.slice(0, best);
      done.push(expanded(run, related.get(saying(run)), also, notes));
      place += best;
    }
    return done;
  }
  function expanded(run, said, also, notes) {
    said[1].forEach(function (words) { also.push(words); });
    if (said.length > 2) notes.push(facts.bridged.replace("{}", said[2]).replace("{}", said[3]));
    return { is: "expanded", said: run, meant: said[1].map(function (text) {
      var parts = text.split(" "), title = run[0].title;
      return parts.length === 1 ? { is: "word", word: parts[0], title: title } : { is: "phrase", words: parts, listed: true, title: title };
    }) };
  }

  // ---------------------------------------------------------------- what stands on the day

  var ANSWERS = ["in_force", "disputed", "undated"];

  // Versions of the day in the order of codes, with the lengths of their titles, sub-headings and passages; how many
  // versions each code has on any day.
  function view(on) {
    var lengths = have["days/"][3].split(" "), rows = [], byCode = [], many = [];
    have["days/"][2].split(" ").forEach(function (said, code) {
      var span = spanOn(said, on), measured = lengthsOf(lengths[code]);
      many.push(measured.length);
      byCode.push(!span ? [] : span.versions.map(function (version) {
        var own = measured[version], alone = span.answer === 2;
        return rows.push({ code: code, version: version, answer: span.answer, first: span.first, versions: span.versions,
          alone: alone, lengths: alone ? [own[0], 0, 0] : own }) - 1;
      }));
    });
    var mean = [0, 1, 2].map(function (field) {
      var some = rows.filter(function (row) { return row.lengths[field] > 0; });
      return some.length ? some.reduce(function (sum, row) { return sum + row.lengths[field]; }, 0) / some.length : 1;
    });
    var b = facts.score[3];
    rows.forEach(function (row) {
      row.weights = facts.score[2].map(function (weight, field) {
        return row.lengths[field] ? weight / (1 - b[field] + b[field] * row.lengths[field] / mean[field]) : 0;
      });
    });
    return { rows: rows, byCode: byCode, many: many, on: on };
  }
  function spanOn(said, on) {
    var numbers = new Numbers(said), found = null, began = null;
    for (var place = 0; numbers.more(); place++) {
      if (place) { began = (began || 0) + numbers.next(); if (began > on) break; }
      var kind = numbers.next(), versions = [];
      for (var n = Math.ceil(kind / 3); n > 0; n--) versions.push(numbers.next());
      found = kind ? { answer: [2, 0, 1][kind % 3], versions: versions, first: began } : null;
    }
    return found;
  }
  function lengthsOf(said) {
    var numbers = new Numbers(said), found = [], lengths = [];
    while (numbers.more()) {
      var head = numbers.next();
      lengths = head & 1 ? [lengths[0], lengths[1], numbers.next()] : [numbers.next(), numbers.next(), numbers.next()];
      for (var count = head >> 1; count > 0; count--) found.push(lengths);
    }
    return found;
  }

  // ---------------------------------------------------------------- words and where they stand

  // Lines of a file of words: by stem its forms with their postings; by form its stem, and the place of its places.
  function unpacked(shard) {
    if (!shard.read) {
      shard.read = { number: shard[1], stems: new Map(), forms: new Map(), order: new Map() };
      shard[2].split("\n").filter(Boolean).forEach(function (line) {
        var parts = line.split(" ");
        if (parts.length === 1) { parts = line.split(">"); shard.read.forms.set(parts[0], parts[1]); return; }
        var forms = new Map();
        for (var n = 1; n < parts.length; n += 2) {
          forms.set(parts[n] || parts[0], parts[n + 1]);
          shard.read.order.set(parts[n] || parts[0], shard.read.order.size);
          if (!/[+~&]/.test(parts[0])) shard.read.forms.set(parts[n] || parts[0], parts[0]);
        }
        shard.read.stems.set(parts[0], forms);
      });
    }
    return shard.read;
  }
  function shardOf(word) {
    var n = hashOf(keyOf(word)) % facts.buckets;
    return load("t", n, "t/" + n + ".js").then(unpacked);
  }
  // Forms of a stem, or of a thing, with their postings.
  function formsOf(said) { return shardOf(said).then(function (shard) { return shard.stems.get(said) || new Map(); }); }
  // All forms that a test lets through, of stems that begin with the word or have forms that do.
  function formsLike(word, fits) {
    return shardOf(word).then(function (shard) {
      var stems = new Set();
      shard.forms.forEach(function (stemmed, form) { if (fits(form)) stems.add(stemmed); });
      return Promise.all(Array.from(stems).map(formsOf));
    }).then(function (found) {
      var postings = [];
      found.forEach(function (forms) { forms.forEach(function (said, form) { if (fits(form)) postings.push(said); }); });
      return postings;
    });
  }

  function readCounts(numbers) {
    var value = numbers.next();
    return value === 1 ? [numbers.next(), numbers.next(), numbers.next()] : [0, 0, value / 2];
  }
  // Calls `each` with every code of postings and its runs: from which version (included) until which, and the counts.
  function eachCode(said, each) {
    var numbers = new Numbers(said), code = 0;
    while (numbers.more()) {
      var head = numbers.next(), start, runs = [];
      code += head >> 1;
      if (head & 1) { each(code, [[0, Infinity, [0, 0, 1]]]); continue; }
      start = numbers.at;
      if (numbers.next()) { numbers.at = start; each(code, [[0, Infinity, readCounts(numbers)]]); continue; }
      for (var many = numbers.next(), end = 0; many > 0; many--) {
        var from = end + numbers.next(), length = numbers.next();
        end = from + length;
        runs.push([from, length ? end : Infinity, readCounts(numbers)]);
      }
      each(code, runs);
    }
  }
  // By row of the view: how often in title, sub-headings and passages; summed over postings.
  function counts(postings, here, into) {
    postings.forEach(function (said) {
      eachCode(said, function (code, runs) {
        runs.forEach(function (run) { put(here, code, run[0], run[1], run[2], into); });
      });
    });
    return into;
  }
  function put(here, code, from, until, found, into) {
    here.byCode[code].forEach(function (row) {
      var one = here.rows[row];
      if (one.version < from || one.version >= until) return;
      var was = into.get(row) || [0, 0, 0], now = [was[0] + found[0]].concat(one.alone ? [0, 0] : [was[1] + found[1], was[2] + found[2]]);
      if (now[0] || now[1] || now[2]) into.set(row, now);
    });
  }
  function allOf(found) {
    var least = new Map();
    found[0].forEach(function (first, row) {
      var lowest = found.reduce(function (so, one) {
        return so.map(function (count, field) { return Math.min(count, (one.get(row) || [0, 0, 0])[field]); });
      }, first);
      if (lowest[0] || lowest[1] || lowest[2]) least.set(row, lowest);
    });
    return least;
  }
  function values(map) { return Array.from(map.values()); }
  function sumOf(found) {
    found[1].forEach(function (count, row) {
      var was = found[0].get(row) || [0, 0, 0];
      found[0].set(row, was.map(function (value, field) { return value + count[field]; }));
    });
    return found[0];
  }
  function countsIn(here) { return function (postings) { return counts(postings, here, new Map()); }; }

  // Where a leaf stands: a promise of counts by row. Every word it stands for is added to `marks`.
  function standing(leaf, here, marks) {
    if (leaf.is === "word") { marks.stems.add(stem(leaf.word)); return formsOf(stem(leaf.word)).then(values).then(countsIn(here)); }
    if (leaf.is === "prefix") {
      marks.starts.push(leaf.word);
      return formsLike(leaf.word, function (form) { return form.startsWith(leaf.word); }).then(countsIn(here));
    }
    if (leaf.is === "near") {
      [leaf.number, leaf.unit].forEach(function (word) { marks.stems.add(stem(word)); });
      return formsOf(leaf.number + "~" + stem(leaf.unit)).then(values).then(countsIn(here));
    }
    if (leaf.is === "one") {
      leaf.said.forEach(function (word) { marks.stems.add(stem(word)); });
      marks.stems.add(stem(leaf.joined));
      return Promise.all([formsOf(stem(leaf.joined)).then(values).then(countsIn(here)), thing(leaf, leaf.said, here)]).then(sumOf);
    }
    if (leaf.is === "cited") return mentions(leaf.code, here, marks);
    leaf.words.forEach(function (word) { marks.stems.add(stem(word)); });
    if (leaf.exact) marks.phrases.push(leaf.words);
    if (!leaf.exact) return thing(leaf, leaf.words, here);
    if (leaf.words.length === 1) {
      return formsOf(stem(leaf.words[0])).then(function (forms) {
        return countsIn(here)([forms.get(leaf.words[0]) || ""]);
      });
    }
    return sideBySide(leaf.words.map(function (word) { return [word]; }), here);
  }
  // Words in a row by their stems. Those of the tables have lines of their own.
  function thing(leaf, parts, here) {
    if (leaf.listed) return formsOf(parts.map(stem).join("+")).then(values).then(countsIn(here));
    return Promise.all(parts.map(function (word) { return formsOf(stem(word)); })).then(function (forms) {
      return sideBySide(forms.map(function (some) { return Array.from(some.keys()); }), here);
    });
  }

  // Calls `each` with every place of a word, or of two dense ones: its code, the place, dense words before and after.
  function placesOf(name, stemmed, here, each) {
    return shardOf(stemmed).then(function (shard) {
      var said = (shard.stems.get(stemmed) || new Map()).get(name);
      return said === undefined ? null : load("w", shard.number, "w/" + shard.number + ".js").then(function (file) {
        if (!file.read) file.read = file[2].split(" ");
        var numbers = new Numbers(file.read[shard.order.get(name)]);
        eachCode(said, function (code, runs) {
          var count = runs[0][2], many = here.many[code] > 1 ? numbers.next() : count[0] + count[1] + count[2];
          for (var next = 0; many > 0; many--) {
            var before = numbers.dense(0), place = next + numbers.next(), after = numbers.dense(1);
            each(code, place, before, after);
            next = place + 1;
          }
        });
      });
    });
  }
  // Counts where words stand in a row. `parts`: for each the forms it may have. An edition with the history tells by its
  // pairs of words, one of a single day by the places of words (`terms`).
  function sideBySide(parts, here) { return facts.pairs ? byPairs(parts, here) : byPlaces(parts, here); }
  function byPairs(parts, here) {
    return Promise.all(parts.slice(1).map(function (others, n) {
      var waiting = [];
      parts[n].forEach(function (one) { others.forEach(function (other) { waiting.push(pairPostings(one, other)); }); });
      return Promise.all(waiting).then(countsIn(here));
    })).then(allOf);
  }
  function pairPostings(one, other) {
    var pair = one + " " + other, n = hashOf(pair) % facts.pairs;
    return load("p", n, "p/" + n + ".js").then(function (shard) {
      if (!shard.read) shard.read = new Map(shard[2].split("\n").filter(Boolean).map(function (line) {
        var end = line.lastIndexOf(" ");
        return [line.slice(0, end), line.slice(end + 1)];
      }));
      return shard.read.get(pair) || "";
    });
  }
  function byPlaces(parts, here) {
    var found = parts.map(function () { return new Map(); }), waiting = [];
    function stands(part, code, place) {
      if (!found[part].has(code)) found[part].set(code, new Set());
      found[part].get(code).add(place);
    }
    function has(part, number) { return number >= 0 && parts[part] && parts[part].indexOf(dense[number]) >= 0; }
    parts.forEach(function (forms, part) {
      forms.forEach(function (form) {
        if (dense.indexOf(form) < 0) {
          waiting.push(placesOf(form, stem(form), here, function (code, place, before, after) {
            stands(part, code, place);
            if (has(part - 1, before)) stands(part - 1, code, place - 1);
            if (has(part + 1, after)) stands(part + 1, code, place + 1);
          }));
          return;
        }
        (parts[part + 1] || []).forEach(function (other) {
          if (dense.indexOf(other) >= 0) waiting.push(placesOf(form + "&" + other, form + "&" + other, here, function (code, place) {
            stands(part, code, place);
            stands(part + 1, code, place + 1);
          }));
        });
      });
    });
    return Promise.all(waiting).then(function () {
      var into = new Map();
      return Promise.all(Array.from(found[0].keys()).map(function (code) {
        var places = Array.from(found[0].get(code)).filter(function (place) {
          return found.every(function (of, n) { return of.has(code) && of.get(code).has(place + n); });
        });
        return here.byCode[code].length && places.length ? standingAt(code, places, here, into) : null;
      })).then(function () { return into; });
    });
  }
  // Counts what stands at some places of a code by the versions and the field in which they are.
  function standingAt(code, places, here, into) {
    var n = Math.floor(code / facts.named);
    return load("u", n, "u/" + n + ".js").then(function (file) {
      var numbers = new Numbers(file[2].split(" ")[code % facts.named]), from = 0;
      for (var field = 0; field < 3; field++) {
        for (var many = numbers.next(); many > 0; many--) {
          var until = from + numbers.next(), count = [0, 0, 0], end = 0, head;
          count[field] = places.filter(function (place) { return place >= from && place < until; }).length;
          do {
            head = numbers.next();
            var first = end + (head >> 1), length = numbers.next();
            end = first + length;
            put(here, code, first, length ? end : Infinity, count, into);
          } while (head & 1);
          from = until;
        }
      }
    });
  }
  function isBelow(code, start) {
    var rest = code.slice(start.length);
    return code.startsWith(start) && (!rest || rest[0] === "." || (/^[A-Z]+$/.test(start) && /\d/.test(rest[0])));
  }
  function mentions(code, here, marks) {
    var folded = words(code.replace("-", " "));
    if (folded.length > 1) return standing({ is: "phrase", words: folded }, here, marks);
    var isAlone = /^[A-Z]+$/.test(code);
    function fits(form) { return isBelow(form.toUpperCase(), code) && (form.toUpperCase() !== code || !isAlone); }
    marks.fits.push(fits);
    return formsLike(folded[0], fits).then(countsIn(here));
  }

  // ---------------------------------------------------------------- what matches, and how well

  var MATCH = 1, ALL = 2, HEADING = 4, TITLE = 8, EVERYTHING = 15;

  function leavesOf(node, into) {
    if (isFilter(node)) return into;
    var below = [].concat(node.part || [], node.parts || [], node.should || [], node.must || [], node.not || [],
      node.is === "expanded" ? node.said.concat(node.meant) : []);
    if (!below.length) into.push(node);
    below.forEach(function (part) { leavesOf(part, into); });
    return into;
  }
  function sought(node) {
    if (node.is === "not" || isFilter(node)) return [];
    var below = node.is === "expanded" ? node.said.concat(node.meant) : node.parts || (node.should && node.should.concat(node.must));
    return below ? [].concat.apply([], below.map(sought)) : [node];
  }

  function scored(leaf, here) {
    var size = here.rows.length, holds = new Uint8Array(size), score = new Float64Array(size), found = 0, k1 = facts.score[0];
    leaf.counts.forEach(function (count, row) {
      if (leaf.title ? !count[0] : false) return;
      found++;
      holds[row] = MATCH | ALL | (count[0] || (!leaf.title && count[1]) ? HEADING : 0) | (count[0] ? TITLE : 0);
    });
    var idf = Math.log1p((size - found + 0.5) / (found + 0.5));
    leaf.counts.forEach(function (count, row) {
      if (!holds[row]) return;
      var weights = here.rows[row].weights, f = count[0] * weights[0];
      if (!leaf.title) f += count[1] * weights[1] + count[2] * weights[2];
      score[row] = idf * f / (k1 + f);
    });
    if (leaf.is === "cited" && !leaf.title) {
      var code = meantOn(leaf.code, here.on);
      here.rows.forEach(function (row, n) { if (isBelow(codes[row.code], code)) holds[n] = EVERYTHING; });
    }
    return { holds: holds, score: score };
  }
  function filtered(here, test) {
    return { holds: Uint8Array.from(here.rows, function (row, n) { return test(row, n) ? EVERYTHING : 0; }),
      score: new Float64Array(here.rows.length) };
  }
  function every(parts, here) {
    return parts.reduce(function (so, part) { return both(so, part, function (a, b) { return a & b; }); },
      filtered(here, function () { return true; }));
  }
  function some(parts, here) {
    return parts.reduce(function (so, part) { return both(so, part, function (a, b) { return a | b; }); },
      filtered(here, function () { return false; }));
  }
  function both(a, b, how) {
    return { holds: a.holds.map(function (bits, n) { return how(bits, b.holds[n]); }),
      score: a.score.map(function (score, n) { return score + b.score[n]; }) };
  }
  function evaluate(node, here) {
    function each(parts) { return parts.map(function (part) { return evaluate(part, here); }); }
    if (node.is === "not") {
      var part = evaluate(node.part, here);
      return filtered(here, function (row, n) { return !(part.holds[n] & MATCH); });
    }
    if (node.is === "all") return every(each(node.parts), here);
    if (node.is === "any") return some(each(node.parts.filter(function (one) { return one.is !== "not"; })), here);
    if (node.is === "ranked") return rankedRows(node, each, here);
    if (node.is === "expanded") return expandedRows(each(node.said), each(node.meant), here);
    if (node.is === "status") return filtered(here, function (row) { return row.answer === node.answer; });
    if (node.is === "codes") {
      return filtered(here, function (row) {
        return node.open ? codes[row.code].startsWith(node.start) : isBelow(codes[row.code], node.start);
      });
    }
    return scored(node, here);
  }
  function rankedRows(node, each, here) {
    var musts = every(each(node.must), here), shoulds = each(node.should), whole = every([musts].concat(shoulds), here);
    var any = some(shoulds, here), free = node.should.length && node.must.every(isFilter), nots = each(node.not);
    var holds = whole.holds.map(function (bits, n) {
      var match = musts.holds[n] & (free ? any.holds[n] : EVERYTHING) & MATCH;
      return nots.some(function (one) { return one.holds[n] & MATCH; }) ? 0 : (bits & ~MATCH) | match;
    });
    return { holds: holds, score: whole.score };
  }
  function expandedRows(said, meant, here) {
    var whole = every(said, here), any = some(said, here), other = some(meant, here), worth = facts.score[1];
    return {
      holds: whole.holds.map(function (bits, n) { return ((bits | other.holds[n]) & ~MATCH) | ((any.holds[n] | other.holds[n]) & MATCH); }),
      score: whole.score.map(function (score, n) {
        return Math.max(score, worth * meant.reduce(function (most, one) { return Math.max(most, one.score[n]); }, 0));
      })
    };
  }

  // The instructions found, in order: {code, row, all}, with what must be said.
  function search(query, on) {
    var parsed = parse(query), also = [], notes = parsed.notes.slice();
    if (parsed.on !== null) {
      if (!facts.history && parsed.on !== own) throw new Refused("another day than " + inWords(own));
      on = parsed.on;
    }
    var here = view(on), marks = { stems: new Set(), starts: [], phrases: [], fits: [] };
    var result = { on: on, notes: notes, also: also, hits: [], whole: 0, marks: marks, here: here };
    if (!parsed.tree) return Promise.resolve(result);
    var tree = widened(parsed.tree, also, notes), wanted = new Set(sought(tree)), nowhere = { stems: new Set(), starts: [], phrases: [], fits: [] };
    return Promise.all(leavesOf(tree, []).map(function (leaf) {
      return standing(leaf, here, wanted.has(leaf) ? marks : nowhere).then(function (found) { leaf.counts = found; });
    })).then(function () {
      var found = evaluate(tree, here), cited = new Set(Array.from(wanted).filter(function (leaf) {
        return leaf.is === "cited" && !leaf.title;
      }).map(function (leaf) { return meantOn(leaf.code, on); }));
      here.byCode.forEach(function (rows, code) {
        var best = 0, row = -1;
        rows.forEach(function (one) {
          var level = (found.holds[one] & MATCH) + (found.holds[one] & ALL ? 1 : 0);
          if (level && level >= best) { best = level; row = one; }
        });
        if (row < 0) return;
        var bits = found.holds[row], tier = (bits & 1) + (bits >> 1 & 1) + (bits >> 2 & 1) + (bits >> 3 & 1);
        result.hits.push({ code: code, row: here.rows[row], all: best === 2, tier: tier + (cited.has(codes[code]) ? 10 : 0),
          score: Math.round(found.score[row] * 1e9) });
      });
      result.hits.sort(function (a, b) { return b.tier - a.tier || b.score - a.score || a.code - b.code; });
      result.notes = Array.from(new Set(notes));
      result.whole = result.hits.filter(function (hit) { return hit.all; }).length;
      return result;
    });
  }

  // ---------------------------------------------------------------- one hit

  function address(row, on) {
    var segment = codes[row.code];
    if (on === own || !facts.history) return segment + ".html";
    if (row.first === null || ANSWERS[row.answer] === "undated") return segment + "/history.html";
    return segment + "/on/" + iso(row.first) + ".html";
  }

  function isMarked(word, marks) {
    if (marks.stems.has(stem(word)) && !common.has(word)) return true;
    return marks.starts.some(function (start) { return word.startsWith(start); }) ||
      marks.fits.some(function (fits) { return fits(word); });
  }

  // The clause with most of the words asked for; a phrase outweighs all words.
  function best(passages, marks) {
    var chosen = null, most = 0;
    passages.forEach(function (passage) {
      var said = words(passage[2]), marked = said.filter(function (word) { return isMarked(word, marks); });
      var worth = new Set(marked.map(stem)).size + 100 * marks.phrases.filter(function (phrase) {
        return holds(said, phrase);
      }).length;
      if (worth > most) { most = worth; chosen = passage; }
    });
    return chosen;
  }
  function holds(said, phrase) { return (" " + said.join(" ") + " ").indexOf(" " + phrase.join(" ") + " ") >= 0; }

  function titleOf(row) {
    var n = Math.floor(row.code / facts.named);
    return load("n", n, "n/" + n + ".js").then(function (file) {
      var titles = file[2][row.code % facts.named], place = 0, end = 0;
      do { end += titles[place + 1]; place += 2; } while (end <= row.version);
      return titles[place - 2];
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
  function densest(found, marks) {
    var folded = found.map(function (one) { return fold(one[0]); }), most = 0, start = 0;
    found.forEach(function (one, n) {
      var near = new Set(), phrases = 0;
      for (var m = n; m < found.length && found[m].index < one.index + 200; m++) {
        if (isMarked(folded[m], marks)) near.add(stem(folded[m]));
      }
      marks.phrases.forEach(function (phrase) {
        if (phrase.every(function (word, k) { return folded[n + k] === word; })) phrases++;
      });
      var worth = (isMarked(folded[n], marks) || phrases ? near.size : 0) + 100 * phrases;
      if (worth > most) { most = worth; start = one.index; }
    });
    return start;
  }

  function snippet(passage, marks) {
    var text = passage[2], line = element("p", "snippet");
    line.dir = "auto";
    if (passage[1]) line.append(element("span", "where", passage[1]), " ");
    var found = Array.from(text.matchAll(WORD)), from = Math.max(0, densest(found, marks) - 60);
    if (from > 0) from = text.indexOf(" ", from) + 1;
    var to = Math.min(text.length, from + 260), at = from;
    if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + 1);
    if (from > 0) line.append("… ");
    found.forEach(function (one) {
      if (one.index < from || one.index + one[0].length > to || !isMarked(fold(one[0]), marks)) return;
      line.append(text.slice(at, one.index), element("mark", "", one[0]));
      at = one.index + one[0].length;
    });
    line.append(text.slice(at, to), to < text.length ? " …" : "");
    return line;
  }

  // The hit at once, by its title; its days and the words around it when it is told, from its page.
  function drawn(hit, title, result) {
    var item = element("li"), heading = element("h2"), link = element("a"), meta = element("p", "meta");
    var row = hit.row, answer = ANSWERS[row.answer], many = row.versions.length, path = address(row, result.on);
    link.href = path;
    link.append(element("span", "code", codes[row.code].replace("-", " ")), " ", element("bdi", "", title || facts.untitled));
    heading.append(link);
    if (answer === "disputed") {
      meta.append(element("span", "tag small disputed", "Disputed"), " ", many === 1 ?
        "One version, or none, may have been in force" : many + " versions may have been in force");
    } else if (answer === "undated") {
      meta.append(element("span", "tag small undated", "Undated"), " found by its title or code; no page says since when it stands");
    }
    item.append(heading, meta);
    hit.tell = function () {
      if (answer === "undated") return Promise.resolve();
      return opened(path).then(function (page) {
        var passage = best(page.passages, result.marks);
        if (answer === "in_force") meta.textContent = page.validity;
        if (answer === "disputed" && page.candidates.length) meta.append(": " + page.candidates.join("; "));
        if (passage && passage[0] && answer === "in_force") link.href = path + "#" + passage[0];
        if (passage) item.append(snippet(passage, result.marks));
        else if (page.lacking) item.append(element("p", "quiet", page.lacking));
      }).catch(function () {
        item.append(element("p", "quiet", "Its page could not be read here, so no words are shown."));
      });
    };
    return item;
  }

  var state = null;
  function show(result) {
    var list = document.getElementById("hits"), aside = document.getElementById("aside");
    list.textContent = aside.textContent = "";
    result.notes.forEach(function (note) { aside.append(element("p", "quiet", note)); });
    if (result.also.length) {
      aside.append(element("p", "quiet", "Also searched: " + Array.from(new Set(result.also)).join(", ") +
        ". Put a word in quotes to search only for it."));
    }
    state = { result: result, next: 0 };
    tell();
    return further();
  }

  // Where hits end that hold all the words, or are the instruction named; null where there is no such line.
  function lineIn(hits) {
    var place = hits.findIndex(function (hit) { return hit.tier < 2; });
    return place > 0 ? place : null;
  }

  function further() {
    var mine = state, result = mine.result, line = lineIn(result.hits), from = mine.next;
    var those = result.hits.slice(from, from + SHOWN);
    mine.next += those.length;
    return Promise.all(those.map(function (hit) { return titleOf(hit.row); })).then(function (titles) {
      if (mine !== state) return;
      those.forEach(function (hit, n) {
        var list = document.getElementById("hits");
        if (from + n === line) {
          list.append(element("li", "rest", result.whole + holding(result.whole) + " all the words; " +
            (result.hits.length - line) + " more" + holding(result.hits.length - line) + " some."));
        }
        list.append(drawn(hit, titles[n], result));
      });
      performance.mark("inforce-shown");
      setTimeout(function () {  // the hits are to be seen before ten frames are made
        Promise.all(those.map(function (hit) { return hit.tell(); })).then(function () { performance.mark("inforce-told"); });
      });
      document.getElementById("more").hidden = mine.next >= result.hits.length;
    });
  }

  function tell() {
    var result = state.result, total = result.hits.length, when = " on " + inWords(result.on) + ".";
    if (!total) say("Nothing was found" + when);
    else if (result.whole === total) say(count(total) + " found" + when);
    else say(count(total) + " with any of these words" + when.slice(0, -1) + "; " + result.whole + " with all of them.");
  }
  function holding(n) { return n === 1 ? " holds" : " hold"; }
  function count(n) { return n + (n === 1 ? " instruction" : " instructions"); }
  function say(text) { document.getElementById("said").textContent = text; }

  // ---------------------------------------------------------------- codes

  // A16.1(b)(ii), a 16.1, A16-1, appendix 13: the code's segment and the place; null where it is no code
  function code(typed, on) {
    var said = typed.trim().replace(/\s+/g, " "), read = citation(said);
    if (!read && /^[a-z]{1,2}$/i.test(said)) read = { code: said.toUpperCase(), place: "" };
    return read ? known(read.code, read.place, on) : null;
  }
  function known(segment, places, on) {
    var place = segment.replace("Appendix-", "Appendix_") + places.replace(/\(/g, "-").replace(/\)/g, "");
    var meant = meantOn(segment, on);
    if (meant !== segment) return { segment: meant, place: place };
    return all.has(segment) ? { segment: segment, place: places ? place : "" } : { segment: segment, place: "", unknown: true };
  }
  // The code whose page a code leads to on a day: its own, or that of its section (`citation.meant`).
  function meantOn(segment, on) {
    var section = sectionOf(segment);
    if (section === segment || stands(segment, on)) return segment;
    return stands(section, on) || (all.has(section) && !all.has(segment)) ? section : segment;
  }
  // Whether a code had begun to be an instruction's by the day.
  function stands(segment, on) { return all.has(segment) && !(facts.begun[segment] > on); }

  function jump(found, on) {
    var place = found.place ? "#" + found.place : "", number = codes.indexOf(found.segment);
    if (on === own || !facts.history) { location.replace(found.segment + ".html" + place); return; }
    var here = view(on), row = number < 0 ? null : here.rows[here.byCode[number][0]];
    location.replace(row ? address(row, on) + (row.answer === 0 ? place : "") : found.segment + "/history.html");
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

  // Codes written as `files.shortened` does.
  function whole(said) {
    var stem = "";
    return said.split(" ").filter(Boolean).map(function (code) {
      if (code[0] === ".") return stem + code;
      stem = code.replace(/\.[^.]*$/, "");
      return code;
    });
  }

  var facts = have["start/"] && have["start/"][2];
  if (!facts) { say("The files of the search are not beside this page."); return; }
  var codes = whole(facts.codes), common = new Set(facts.common.split(" ")), dense = facts.dense.split(" ");
  var all = new Set(codes.concat(whole(facts.others)));
  var accents = new Map(), usual = new Map(), compounds = new Map(), related = new Map(), longest = 0;
  Array.from(facts.accents).forEach(function (letter, n, letters) { if (n % 2) accents.set(letters[n - 1], letter); });
  facts.usual.split(" ").forEach(function (word, n, pairs) { if (n % 2) usual.set(pairs[n - 1], word); });
  var rules = facts.rules.map(function (rule) { return [new RegExp(rule[0]), rule[1]]; });
  facts.compounds.split(" ").forEach(function (one) { compounds.set(one.replace("-", ""), one.split("-")); });
  facts.related.forEach(function (one) {
    related.set(one[0], one);
    longest = Math.max(longest, one[0].split(" ").length);
  });
  prepared();
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
        if (result.on !== on) { banner(result.on); if (when) when.value = inWords(result.on); }
        return show(result).then(function () { if (found && !result.hits.length) offer(found); });
      });
    }).catch(function (problem) {
      if (problem instanceof Refused) {
        say("This edition can’t search for " + problem.what + ", so nothing was searched. The site and the command can.");
      } else {
        say("A file of the search could not be read (" + problem.message + "). The contents and the A to Z lead everywhere.");
      }
    });
  }
  function banner(on) {
    var line = document.querySelector(".day");
    if (!line || on === own) return;
    line.className = "day other";
    line.textContent = "This page answers for ";
    line.append(element("strong", "", inWords(on)), ", ", element("strong", "", "not"), " for the day of this edition.");
  }
  // For whoever asks without looking: what a query finds, in order.
  self.inforce.search = function (query, on) {
    return load("days", "", "days.js").then(function () { return search(query, on ? day(on) : own); }).then(function (result) {
      return { codes: result.hits.map(function (hit) { return codes[hit.code]; }), whole: result.whole, notes: result.notes };
    }).catch(function (problem) {
      if (problem instanceof Refused) return { refused: problem.what };
      throw problem;
    });
  };
  self.inforce.stems = function (text) { return words(text).map(stem); };
  document.getElementById("more").addEventListener("click", further);
  run();
})();
