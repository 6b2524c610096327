(function () {
  "use strict";

  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("data").textContent);
  const palette = ["--c1", "--c2", "--c3", "--c4", "--c5", "--c6"];
  const dashes = ["none", "7 4", "2 3", "10 4 2 4", "4 2", "14 3"];
  const font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif";
  const letter = 6.4;
  const views = data.charts.map(function (chart) {
    const figure = document.getElementById("chart-" + chart.id);
    return {
      chart: chart, figure: figure, box: figure.querySelector(".plot"), reading: figure.querySelector(".reading"),
      hidden: new Set(), range: null, row: -1, width: 0,
    };
  });

  function colour(name) {
    return getComputedStyle(root).getPropertyValue(name).trim();
  }

  const isNumber = (value) => typeof value === "number";

  const signed = (digits) => digits.replace(/^-/, "\u2212").replace("e+", "e");

  /** A number as people read it: five digits, an exponent where it is very small or large. */
  function shown(value) {
    if (value === null || value === undefined) {
      return "\u2013";
    }
    if (!isNumber(value)) {
      return value;
    }
    const size = Math.abs(value);
    if (Number.isInteger(value) && size < 1e15) {
      return signed(value.toLocaleString("en-GB"));
    }
    if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
      return signed(value.toExponential(2));
    }
    return signed(String(Number(value.toPrecision(5))));
  }

  function tick(value) {
    const size = Math.abs(value);
    const unit = [[1e9, "G"], [1e6, "M"], [1e4, "k", 1e3]].find((each) => size >= each[0]);
    if (unit) {
      return signed(Number((value / (unit[2] || unit[0])).toPrecision(6)) + unit[1]);
    }
    if (size !== 0 && size < 1e-3) {
      return signed(Number(value.toPrecision(6)).toExponential());
    }
    return signed(String(Number(value.toPrecision(6))));
  }

  function shape(parent, name, attributes, text) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, isNumber(value) ? +value.toFixed(2) : value));
    if (text !== undefined) {
      made.textContent = text;
    }
    parent.appendChild(made);
    return made;
  }

  function label(parent, text, x, y, anchor, more) {
    return shape(parent, "text", Object.assign({ x: x, y: y, "text-anchor": anchor, fill: colour("--soft") }, more), text);
  }

  function line(parent, x1, y1, x2, y2, stroke, more) {
    return shape(parent, "line", Object.assign({ x1: x1, y1: y1, x2: x2, y2: y2, stroke: stroke }, more));
  }

  const cut = (text, room) => (text.length * letter > room ? text.slice(0, Math.max(1, Math.floor(room / letter) - 1)) + "\u2026" : text);

  /** From values to pixels; what a logarithmic axis cannot show stands at its edge. */
  function scale(values, logarithmic, from, to, margin, count) {
    const known = values.filter((value) => isNumber(value) && (!logarithmic || value > 0));
    let low = known.reduce((least, value) => Math.min(least, value), Infinity);
    let high = known.reduce((most, value) => Math.max(most, value), -Infinity);
    if (low > high) {
      [low, high] = [logarithmic ? 0.1 : 0, 1];
    }
    if (logarithmic) {
      const ratio = high > low ? Math.pow(high / low, margin) : 2;
      [low, high] = [low / ratio, high * ratio];
    } else {
      const more = high > low ? margin * (high - low) : Math.abs(high) * 0.1 || 1;
      [low, high] = [low - more, high + more];
    }
    const share = (value) => (logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low));
    return {
      at: (value) => from + share(Math.max(low, Math.min(high, value))) * (to - from),
      value: function (pixel) {
        const part = (pixel - from) / (to - from);
        return logarithmic ? low * Math.pow(high / low, part) : low + part * (high - low);
      },
      ticks: ticks(low, high, logarithmic, count),
    };
  }

  function ticks(low, high, logarithmic, count) {
    const made = [];
    if (logarithmic) {
      const first = Math.ceil(Math.log10(low) - 1e-9);
      const last = Math.floor(Math.log10(high) + 1e-9);
      if (last > first) {
        for (let power = first; power <= last; power += Math.max(1, Math.ceil((last - first) / count))) {
          made.push(Number("1e" + power));
        }
        return made;
      }
    }
    const rough = (high - low) / count;
    const power = Math.pow(10, Math.floor(Math.log10(rough)));
    const step = power * [1, 2, 5, 10].find((each) => rough / power <= each);
    for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
      made.push(Number((k * step).toPrecision(12)));
    }
    return made;
  }

  function axisBelow(svg, x, text, left, right, top, bottom) {
    x.ticks.forEach(function (value) {
      line(svg, x.at(value), top, x.at(value), bottom, colour("--grid"));
      label(svg, tick(value), x.at(value), bottom + 17, "middle");
    });
    label(svg, cut(text, right), (left + right) / 2, bottom + 36, "middle");
  }

  /** The names of the lines; a click hides one. Returns where the drawing begins. */
  function legend(view, svg, width) {
    if (view.chart.series.length < 2) {
      return 10;
    }
    let x = 8;
    let y = 12;
    view.chart.series.forEach(function (one, number) {
      const text = cut(one.label, width - 44);
      const room = 34 + text.length * letter + 14;
      if (x > 8 && x + room > width) {
        [x, y] = [8, y + 20];
      }
      const item = shape(svg, "g", { opacity: view.hidden.has(number) ? 0.35 : 1, cursor: "pointer" });
      shape(item, "rect", { x: x, y: y - 10, width: room - 6, height: 19, fill: "transparent" });
      if (one.style === "dots" || one.style === "rings") {
        mark(item, one, x + 13, y, colour(view.chart.kind === "rows" ? "--c1" : palette[number % palette.length]), 1);
      } else {
        stroke(item, "M" + x + " " + y + "h26", one, number);
      }
      label(item, text, x + 32, y + 4, "start", { fill: colour("--ink") });
      item.addEventListener("click", function () {
        view.hidden[view.hidden.has(number) ? "delete" : "add"](number);
        draw(view);
      });
      x += room;
    });
    return y + 16;
  }

  function stroke(parent, path, one, number) {
    const dash = one.style === "reference" ? "2 4" : dashes[number % dashes.length];
    return shape(parent, "path", {
      d: path, fill: "none", stroke: colour(palette[number % palette.length]), "stroke-width": one.style === "way" ? 1 : 2,
      "stroke-dasharray": one.style === "way" ? "none" : dash, "stroke-linejoin": "round",
    });
  }

  function mark(parent, one, x, y, paint, opacity) {
    const ring = one.style === "rings";
    return shape(parent, "circle", {
      cx: x, cy: y, r: 3.5, fill: ring ? colour("--card") : paint, stroke: paint, "stroke-width": ring ? 2 : 0, opacity: opacity,
    });
  }

  /** Lines, dots and bands over an axis of numbers. */
  function drawLines(view, svg, width) {
    const chart = view.chart;
    const top = legend(view, svg, width);
    const bottom = top + 240;
    const seen = chart.series.map((one, number) => [one, number]).filter((each) => !view.hidden.has(each[1]));
    const within = (value) => isNumber(value) && (!chart.x.log || value > 0) && (!view.range || (value >= view.range[0] && value <= view.range[1]));
    const rows = chart.x.values.map((value, row) => row).filter((row) => within(chart.x.values[row]));
    const largest = seen.reduce((most, each) => each[0].values.reduce((more, value) => (isNumber(value) ? Math.max(more, value) : more), most), 0);
    const drawable = (value) => isNumber(value) && (!chart.y.log || value > 1e-10 * largest);
    const heights = [];
    seen.forEach(([one]) => rows.forEach(function (row) {
      heights.push(drawable(one.values[row]) ? one.values[row] : null);
      if (one.low) {
        heights.push(...[one.low[row], one.high[row]].filter(drawable));
      }
    }));
    const y = scale(heights, chart.y.log, bottom, top, 0.05, 5);
    const left = 32 + letter * Math.max(...y.ticks.map((value) => tick(value).length), 3);
    const plane = chart.series.some((one) => one.style === "way" || one.style === "rings");
    const x = scale(rows.map((row) => chart.x.values[row]), chart.x.log, left, width - 22, plane ? 0.04 : 0, Math.max(2, width / 110));
    axisBelow(svg, x, chart.x.label + (chart.x.log ? " (logarithmic)" : ""), left, width - 22, top, bottom);
    y.ticks.forEach(function (value) {
      line(svg, left, y.at(value), width - 22, y.at(value), colour("--grid"));
      label(svg, tick(value), left - 6, y.at(value) + 4, "end");
    });
    label(svg, cut(chart.y.label + (chart.y.log ? " (logarithmic)" : ""), 240), 0, 0, "middle", { transform: "translate(12 " + (top + bottom) / 2 + ") rotate(-90)" });
    const place = (row, value) => x.at(chart.x.values[row]).toFixed(1) + " " + y.at(value).toFixed(1);
    seen.filter(([one]) => one.low).forEach(function ([one, number]) {
      const edge = rows.filter((row) => isNumber(one.low[row]) && isNumber(one.high[row]));
      const around = edge.map((row) => place(row, one.high[row])).concat(edge.reverse().map((row) => place(row, one.low[row])));
      if (around.length > 0) {
        shape(svg, "path", { d: "M" + around.join("L") + "Z", fill: colour(palette[number % palette.length]), opacity: 0.16 });
      }
    });
    seen.forEach(function ([one, number]) {
      const known = rows.filter((row) => drawable(one.values[row]));
      if (one.style !== "dots" && one.style !== "rings" && known.length > 0) {
        stroke(svg, "M" + known.map((row) => place(row, one.values[row])).join("L"), one, number).setAttribute("opacity", one.style === "way" ? 0.4 : 1);
      }
      if (one.style !== "reference" && (one.style !== "line" || rows.length < 30)) {
        known.forEach(function (row, order) {
          const dot = mark(svg, one, x.at(chart.x.values[row]), y.at(one.values[row]), colour(palette[number % palette.length]),
            one.style === "way" ? 0.25 + 0.75 * (order + 1) / known.length : 0.8);
          if (plane) {
            shape(dot, "title", {}, readOut(chart, row));
          }
        });
      }
      if (one.style === "way" && known.length > 1) {
        [["start", known[0]], ["end", known[known.length - 1]]].forEach(function ([word, row]) {
          const at = x.at(chart.x.values[row]);
          label(svg, word, at > width - 60 ? at - 8 : at + 8, Math.max(top + 12, y.at(one.values[row]) - 8), at > width - 60 ? "end" : "start", { fill: colour("--ink"), "font-weight": 600 });
        });
      }
    });
    view.cursor = line(svg, 0, top, 0, bottom, colour("--soft"), { "stroke-dasharray": "3 3", visibility: "hidden" });
    view.across = { x: x, rows: rows, left: left, right: width - 22, top: top, bottom: bottom };
    return bottom + 46;
  }

  /** A row for each name: marks, and a line between the edges of the band or the marks. */
  function drawRows(view, svg, width) {
    const chart = view.chart;
    const begin = legend(view, svg, width);
    const narrow = width < 560;
    const longest = Math.max(...chart.x.values.map((name) => name.length));
    const left = narrow ? 16 : Math.min(24 + longest * letter, 0.42 * width);
    const step = narrow ? 40 : 25;
    const bottom = begin + step * chart.x.values.length + 4;
    const all = chart.series.flatMap((one) => one.values.concat(one.low || [], one.high || []));
    const x = scale(all, chart.y.log, left, width - 20, 0.05, Math.max(2, (width - left) / 90));
    axisBelow(svg, x, chart.y.label, left, width - 20, begin, bottom);
    chart.x.values.forEach(function (name, row) {
      const middle = begin + step * (row + (narrow ? 0.75 : 0.5));
      const group = shape(svg, "g", {});
      shape(group, "title", {}, readOut(chart, row));
      label(group, cut(name, narrow ? width - 32 : left - 20), narrow ? left : left - 12, narrow ? middle - 12 : middle + 4, narrow ? "start" : "end", { fill: colour("--ink") });
      const ends = chart.series.flatMap((one) => (one.low ? [one.low[row], one.high[row]] : [one.values[row]])).filter(isNumber);
      line(group, x.at(Math.min(...ends)), middle, x.at(Math.max(...ends)), middle, colour("--c1"), { "stroke-width": 5, "stroke-linecap": "round", opacity: 0.4 });
      chart.series.filter((one, number) => isNumber(one.values[row]) && !view.hidden.has(number)).forEach((one) => mark(group, one, x.at(one.values[row]), middle, colour("--c1"), 1).setAttribute("r", 5.5));
    });
    return bottom + 46;
  }

  /** A table of shades: a row for each name, a column for each series, values from 0 to 1. */
  function drawCells(view, svg, width) {
    const chart = view.chart;
    const longest = Math.max(...chart.x.values.map((name) => name.length));
    const left = Math.min(20 + longest * letter, 0.4 * width);
    const side = Math.max(8, Math.min(34, (width - left - 10) / chart.series.length));
    const words = Math.max(...chart.series.map((one) => one.label.length)) * letter;
    const turned = words > side;
    const top = turned ? Math.min(words, 110) + 10 : 24;
    const tall = Math.min(side, 30);
    chart.series.forEach(function (one, column) {
      const x = left + side * (column + 0.5);
      label(svg, cut(one.label, turned ? 110 : side), 0, 0, turned ? "start" : "middle", { transform: "translate(" + (x + (turned ? 4 : 0)) + " " + (top - 8) + ")" + (turned ? " rotate(-90)" : "") });
    });
    chart.x.values.forEach(function (name, row) {
      label(svg, cut(name, left - 10), left - 8, top + tall * (row + 0.5) + 4, "end");
      chart.series.forEach(function (one, column) {
        const cell = shape(svg, "g", {});
        shape(cell, "title", {}, name + ", " + one.label + ": " + shown(one.values[row]));
        const box = { x: left + side * column, y: top + tall * row, width: side - 2, height: tall - 2 };
        shape(cell, "rect", Object.assign({ fill: colour("--cell"), stroke: colour("--line"), "stroke-width": 0.5 }, box));
        shape(cell, "rect", Object.assign({ fill: colour("--c1"), opacity: Math.max(0, Math.min(1, one.values[row] || 0)) }, box));
      });
    });
    return top + tall * chart.x.values.length + 6;
  }

  /** A map from above: shades for the first series, circles for the second, letters for what is marked. */
  function drawGrid(view, svg, width) {
    const chart = view.chart;
    const side = Math.min(36, width / chart.map[0].length);
    const most = Math.max(...chart.series[0].values);
    const strongest = chart.series[1].values.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    const letters = new Map(chart.marks.map((each) => [each.row, each.letter]));
    let row = -1;
    chart.map.forEach(function (text, down) {
      [...text].forEach(function (character, across) {
        const box = { x: side * across, y: side * down, width: side, height: side };
        if (character === "#") {
          shape(svg, "rect", Object.assign({ fill: colour("--wall") }, box));
          return;
        }
        row++;
        const cell = shape(svg, "g", {});
        shape(cell, "title", {}, readOut(chart, row));
        shape(cell, "rect", Object.assign({ fill: colour("--cell"), stroke: colour("--line"), "stroke-width": 0.5 }, box));
        shape(cell, "rect", Object.assign({ fill: colour("--c1"), opacity: most > 0 ? 0.9 * Math.sqrt(chart.series[0].values[row] / most) : 0 }, box));
        const middle = [side * (across + 0.5), side * (down + 0.5)];
        const size = strongest !== 0 ? Math.sqrt(Math.abs(chart.series[1].values[row] / strongest)) : 0;
        if (size > 0.05) {
          shape(cell, "circle", { cx: middle[0], cy: middle[1], r: 0.4 * side * size, fill: colour("--c2") });
        }
        if (letters.has(row)) {
          shape(cell, "circle", { cx: middle[0], cy: middle[1], r: 0.32 * side, fill: colour("--card"), stroke: colour("--ink"), "stroke-width": 1.5 });
          label(cell, letters.get(row), middle[0], middle[1] + 0.13 * side, "middle", { fill: colour("--ink"), "font-weight": 700, "font-size": 0.4 * side });
        }
      });
    });
    let y = side * chart.map.length + 20;
    const key = (text, paint) => {
      if (paint) {
        shape(svg, "rect", { x: 2, y: y - 10, width: 11, height: 11, rx: 3, fill: paint });
      }
      label(svg, cut(text, width - 22), paint ? 20 : 2, y, "start", { fill: colour("--ink") });
      y += 19;
    };
    key("shade: how often the follower is here", colour("--c1"));
    key("circle: what the leader adds; most: " + shown(strongest), colour("--c2"));
    chart.marks.forEach((each) => key(each.letter + ": " + each.meaning));
    return y;
  }

  function readOut(chart, row) {
    const first = chart.x.values[row];
    const name = (chart.x.names ? chart.x.names[row] + "; " : "") + (chart.kind === "lines" ? chart.x.label + " " : "");
    return name + shown(first) + chart.series.map(function (one) {
      const band = one.low && isNumber(one.low[row]) ? " (" + shown(one.low[row]) + " to " + shown(one.high[row]) + ")" : "";
      return one.values[row] === null ? "" : "; " + one.label + " " + shown(one.values[row]) + band;
    }).join("");
  }

  function draw(view) {
    const width = Math.max(240, view.box.clientWidth);
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const drawn = { lines: drawLines, rows: drawRows, cells: drawCells, grid: drawGrid }[view.chart.kind];
    Object.entries({ role: "img", "aria-label": view.chart.title, "font-family": font, "font-size": 12, width: width }).forEach(([key, value]) => svg.setAttribute(key, value));
    const height = Math.ceil(drawn(view, svg, width));
    svg.setAttribute("height", height);
    svg.setAttribute("viewBox", "0 0 " + width + " " + height);
    view.box.replaceChildren(svg);
    view.width = view.box.clientWidth;
    view.svg = svg;
  }

  function read(view, row) {
    view.row = row;
    view.reading.textContent = row < 0 ? "" : readOut(view.chart, row);
    if (view.chart.kind === "lines") {
      const at = row < 0 ? 0 : view.across.x.at(view.chart.x.values[row]);
      view.cursor.setAttribute("x1", at);
      view.cursor.setAttribute("x2", at);
      view.cursor.setAttribute("visibility", row < 0 ? "hidden" : "visible");
    }
  }

  /** Arrow keys, Home and End move the reading; it is spoken by screen readers. */
  function useKeys(view) {
    view.box.addEventListener("keydown", function (event) {
      const last = view.chart.x.values.length - 1;
      const moves = { ArrowRight: view.row + 1, ArrowLeft: view.row < 0 ? last : view.row - 1, Home: 0, End: last };
      if (event.key in moves) {
        event.preventDefault();
        read(view, Math.max(0, Math.min(last, moves[event.key])));
      }
    });
  }

  /** The pointer reads the nearest row; the mouse drawn sideways enlarges, a double click shows all again. */
  function usePointer(view) {
    const at = (event) => event.clientX - view.svg.getBoundingClientRect().left;
    let from = null;
    view.box.addEventListener("pointermove", function (event) {
      const values = view.chart.x.values;
      const distance = (row) => Math.abs(view.across.x.at(values[row]) - at(event));
      read(view, view.across.rows.reduce((best, row) => (best < 0 || distance(row) < distance(best) ? row : best), -1));
    });
    view.box.addEventListener("pointerleave", () => read(view, -1));
    view.box.addEventListener("pointerdown", (event) => (from = event.pointerType === "mouse" && at(event) >= view.across.left ? at(event) : null));
    view.box.addEventListener("pointerup", function (event) {
      if (from !== null && Math.abs(at(event) - from) > 12) {
        view.range = [from, at(event)].map(view.across.x.value).sort((one, other) => one - other);
        draw(view);
      }
      from = null;
    });
    view.box.addEventListener("dblclick", function () {
      view.range = null;
      draw(view);
    });
  }

  /** The columns of a chart's data: heads and values. */
  function columns(chart) {
    const all = chart.x.names ? [["name", chart.x.names]] : [];
    all.push([chart.x.label, chart.x.values]);
    chart.series.forEach(function (one) {
      all.push([one.label, one.values]);
      if (one.low) {
        all.push([one.label + ", lower edge", one.low], [one.label + ", upper edge", one.high]);
      }
    });
    return all;
  }

  function cell(row, kind, text) {
    const one = document.createElement(kind);
    one.textContent = text;
    one.className = "number";
    if (kind === "th") {
      one.scope = "col";
    }
    row.appendChild(one);
  }

  function table(chart) {
    const made = document.createElement("table");
    made.className = "data";
    made.createCaption().textContent = chart.title;
    const head = made.createTHead().insertRow();
    const all = columns(chart);
    all.forEach((each) => cell(head, "th", each[0]));
    const body = made.createTBody();
    chart.x.values.forEach(function (value, number) {
      const row = body.insertRow();
      all.forEach((each) => cell(row, "td", each[1][number] === null ? "" : String(each[1][number])));
    });
    return made;
  }

  /** Tables are made when they are opened: a long run has many rows. */
  function tableOnDemand(view) {
    const details = view.figure.querySelector("details");
    const place = details.querySelector(".scroll");
    details.addEventListener("toggle", function () {
      if (details.open && !place.firstChild) {
        place.appendChild(table(view.chart));
      }
    });
  }

  function csv(chart) {
    const field = (value) => (value === null ? "" : isNumber(value) ? String(value) : '"' + value.replaceAll('"', '""') + '"');
    const all = columns(chart);
    const lines = [all.map((each) => field(each[0]))];
    chart.x.values.forEach((value, row) => lines.push(all.map((each) => field(each[1][row]))));
    return lines.map((each) => each.join(",") + "\r\n").join("");
  }

  function save(content, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  /** The drawing as it stands, with the colour of its card behind it. */
  function image(view) {
    read(view, -1);
    const copy = view.svg.cloneNode(true);
    const ground = shape(copy, "rect", { width: "100%", height: "100%", fill: colour("--card") });
    copy.insertBefore(ground, copy.firstChild);
    return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
  }

  function savePng(view, name) {
    const picture = new Image();
    picture.src = URL.createObjectURL(image(view));
    picture.onload = function () {
      const canvas = document.createElement("canvas");
      canvas.width = 2 * picture.width;
      canvas.height = 2 * picture.height;
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(picture.src);
      canvas.toBlob((content) => save(content, name));
    };
  }

  function tools(view) {
    const line = document.createElement("div");
    line.className = "tools";
    const name = document.title.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 60) + "-" + view.chart.id;
    [
      ["SVG", () => save(image(view), name + ".svg")],
      ["PNG", () => savePng(view, name + ".png")],
      ["CSV", () => save(new Blob([csv(view.chart)], { type: "text/csv" }), name + ".csv")],
    ].forEach(function ([kind, action]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = kind;
      button.setAttribute("aria-label", "Download " + kind + ": " + view.chart.title);
      button.addEventListener("click", action);
      line.appendChild(button);
    });
    view.figure.insertBefore(line, view.figure.querySelector("details"));
  }

  /** What the reader chose outlives the reloading of a page that is watched, where the browser keeps it. */
  function remembered(value) {
    try {
      return value === undefined ? sessionStorage.getItem("theme") : sessionStorage.setItem("theme", value);
    } catch (refused) {
      return null;
    }
  }

  function theme() {
    const button = document.querySelector("button.theme");
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
    const name = () => (button.textContent = isDark() ? "Light colours" : "Dark colours");
    const change = () => {
      name();
      views.forEach(draw);
    };
    if (remembered()) {
      root.dataset.theme = remembered();
    }
    button.hidden = false;
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      remembered(root.dataset.theme);
      change();
    });
    dark.addEventListener("change", change);
    change();
  }

  theme();
  views.forEach(function (view) {
    tools(view);
    tableOnDemand(view);
    useKeys(view);
    if (view.chart.kind === "lines") {
      usePointer(view);
    }
  });
  new ResizeObserver(() => views.filter((view) => view.box.clientWidth > 0 && view.box.clientWidth !== view.width).forEach(draw)).observe(document.querySelector("main"));
  if (data.reloadSeconds) {
    setInterval(() => document.querySelector("details[open]") || location.reload(), 1000 * data.reloadSeconds);
  }
  root.dataset.ready = "true";
})();
