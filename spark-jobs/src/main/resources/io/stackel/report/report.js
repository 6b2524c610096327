(function () {
  "use strict";

  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("data").textContent);
  const plots = [];
  const cycle = ["--c1", "--c2", "--c3", "--c4", "--c5", "--c6"];
  const dashes = [[], [7, 4], [2, 3], [10, 4, 2, 4], [4, 2], [1, 2]];

  function colour(name) {
    return getComputedStyle(root).getPropertyValue(name).trim();
  }

  /** A number as people read it: five digits, an exponent where it is very small or large. */
  function shown(value) {
    if (value === null || value === undefined) {
      return "\u2013";
    }
    if (typeof value === "string") {
      return value;
    }
    const size = Math.abs(value);
    if (Number.isInteger(value) && size < 1e15) {
      return value.toLocaleString("en-GB");
    }
    if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
      return value.toExponential(2).replace("-", "\u2212").replace("e\u2212", "e-").replace("e+", "e");
    }
    return String(Number(value.toPrecision(5))).replace("-", "\u2212");
  }

  function tick(value) {
    if (value === null) {
      return "";
    }
    const size = Math.abs(value);
    if (size >= 1e9) {
      return value / 1e9 + "G";
    }
    if (size >= 1e6) {
      return value / 1e6 + "M";
    }
    if (size >= 1e4) {
      return value / 1e3 + "k";
    }
    if (size !== 0 && size < 1e-3) {
      return value.toExponential().replace("e+", "e");
    }
    return String(Number(value.toPrecision(6))).replace("-", "\u2212");
  }

  /** What a logarithmic axis cannot show is left out: zeros, and what ten digits less than the largest value make of them. */
  function drawable(values, logarithmic) {
    const largest = values.reduce((most, value) => (typeof value === "number" && value > most ? value : most), 0);
    return values.map(function (value) {
      return typeof value !== "number" || (logarithmic && value <= 1e-10 * largest) ? null : value;
    });
  }

  function options(chart, width) {
    const series = [{ label: chart.x.label, value: (u, v) => shown(v) }];
    const bands = [];
    chart.series.forEach(function (one, number) {
      const name = cycle[number % cycle.length];
      series.push({
        label: one.label,
        stroke: () => colour(name),
        width: one.thin ? 1 : 2,
        dash: one.reference ? [2, 4] : dashes[number % dashes.length],
        paths: one.dots ? () => null : undefined,
        points: { show: one.dots || (chart.x.values.length < 30 && !one.reference), size: 5, fill: () => colour(name) },
        value: (u, v) => shown(v),
        spanGaps: true,
      });
    });
    chart.series.forEach(function (one) {
      if (one.low) {
        bands.push({ series: [series.length, series.length + 1], fill: () => colour("--band") });
        series.push({ label: one.label + ", upper edge", stroke: "transparent", points: { show: false }, value: (u, v) => shown(v) });
        series.push({ label: one.label + ", lower edge", stroke: "transparent", points: { show: false }, value: (u, v) => shown(v) });
      }
    });
    const axis = {
      stroke: () => colour("--soft"),
      grid: { stroke: () => colour("--grid"), width: 1 },
      ticks: { stroke: () => colour("--grid"), width: 1 },
      font: "12px system-ui, sans-serif",
      labelFont: "12px system-ui, sans-serif",
      labelSize: 18,
      labelGap: 2,
    };
    const values = (u, ticks) => ticks.map(tick);
    return {
      width: width,
      height: 280,
      scales: {
        x: { time: false, distr: chart.x.log ? 3 : 1 },
        y: { distr: chart.log ? 3 : 1 },
      },
      series: series,
      bands: bands,
      axes: [
        Object.assign({ label: chart.x.label, values: values, size: 32 }, axis),
        Object.assign({ label: chart.label, values: values, size: 58 }, axis),
      ],
      cursor: { drag: { x: true, y: false } },
      legend: { show: true, live: false, markers: { width: 0, fill: (u, i) => u.series[i].stroke(u, i) } },
    };
  }

  /** On a logarithmic axis an edge below zero is drawn at a third of the smallest value. */
  function lowerEdge(one, logarithmic) {
    const positive = one.values.filter((value) => typeof value === "number" && value > 0);
    const least = Math.min.apply(null, positive) / 3;
    return drawable(one.low.map((value) => (logarithmic && typeof value === "number" && value < least ? least : value)), logarithmic);
  }

  function columns(chart) {
    const all = [drawable(chart.x.values, chart.x.log)];
    chart.series.forEach((one) => all.push(drawable(one.values, chart.log)));
    chart.series.forEach(function (one) {
      if (one.low) {
        all.push(drawable(one.high, chart.log), lowerEdge(one, chart.log));
      }
    });
    if (chart.x.log) {
      const kept = all[0].map((value) => value !== null);
      return all.map((column) => column.filter((value, row) => kept[row]));
    }
    return all;
  }

  function readOut(plot, chart, row) {
    const at = [chart.x.label + " " + shown(plot.data[0][row])];
    chart.series.forEach((one, number) => at.push(one.label + " " + shown(plot.data[number + 1][row])));
    return at.join("; ");
  }

  /** Arrow keys, Home and End move the reading; it is spoken by screen readers. */
  function useKeys(box, plot, chart, reading) {
    let row = -1;
    box.addEventListener("keydown", function (event) {
      const last = plot.data[0].length - 1;
      const moves = { ArrowRight: row + 1, ArrowLeft: row < 0 ? last : row - 1, Home: 0, End: last };
      if (!(event.key in moves)) {
        return;
      }
      event.preventDefault();
      row = Math.max(0, Math.min(last, moves[event.key]));
      plot.setCursor({ left: plot.valToPos(plot.data[0][row], "x"), top: 10 });
      reading.textContent = readOut(plot, chart, row);
    });
  }

  function draw(chart) {
    const figure = document.getElementById("chart-" + chart.id);
    const box = figure.querySelector(".plot");
    const reading = figure.querySelector(".reading");
    const drawn = options(chart, box.clientWidth);
    drawn.hooks = {
      setCursor: [(u) => (reading.textContent = typeof u.cursor.idx === "number" && u.cursor.left >= 0 ? readOut(u, chart, u.cursor.idx) : "")],
    };
    const plot = new uPlot(drawn, columns(chart), box);
    const labels = figure.querySelectorAll(".u-legend .u-series");
    for (let hidden = chart.series.length; hidden < labels.length; hidden++) {
      labels[hidden].hidden = true;
    }
    useKeys(box, plot, chart, reading);
    plots.push({ plot: plot, box: box });
  }

  function cell(row, kind, text, number) {
    const one = document.createElement(kind);
    one.textContent = text;
    if (number) {
      one.className = "number";
    }
    if (kind === "th") {
      one.scope = "col";
    }
    row.appendChild(one);
  }

  function table(chart) {
    const made = document.createElement("table");
    made.className = "data";
    made.createCaption().textContent = chart.title;
    const heads = [[chart.x.label, chart.x.values]];
    chart.series.forEach(function (one) {
      heads.push([one.label, one.values]);
      if (one.low) {
        heads.push([one.label + ", lower edge", one.low], [one.label + ", upper edge", one.high]);
      }
    });
    const head = made.createTHead().insertRow();
    heads.forEach((each) => cell(head, "th", each[0], true));
    const body = made.createTBody();
    chart.x.values.forEach(function (value, number) {
      const row = body.insertRow();
      heads.forEach((each) => cell(row, "td", each[1][number] === null ? "" : String(each[1][number]), true));
    });
    return made;
  }

  /** Tables are made when they are opened: a long run has many rows. */
  function tableOnDemand(chart) {
    const details = document.getElementById("chart-" + chart.id).querySelector("details");
    const place = details.querySelector(".scroll");
    details.addEventListener("toggle", function () {
      if (details.open && !place.firstChild) {
        place.appendChild(table(chart));
      }
    });
  }

  function redraw() {
    plots.forEach((each) => each.plot.redraw(false, true));
  }

  function theme() {
    const button = document.querySelector("button.theme");
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
    const name = () => (button.textContent = isDark() ? "Light colours" : "Dark colours");
    button.hidden = false;
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      name();
      redraw();
    });
    dark.addEventListener("change", function () {
      name();
      redraw();
    });
    name();
  }

  data.charts.forEach(function (chart) {
    draw(chart);
    tableOnDemand(chart);
  });
  new ResizeObserver(function () {
    plots.forEach(function (each) {
      const width = each.box.clientWidth;
      if (width > 0 && width !== each.plot.width) {
        each.plot.setSize({ width: width, height: each.plot.height });
      }
    });
  }).observe(document.querySelector("main"));
  theme();
  root.dataset.ready = "true";
})();
