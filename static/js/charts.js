// Draws the data blocks of macros/charts.html. Colours are read from the tokens, so a change of theme redraws.
import "../vendor/chart.js-4.6.1/chart.umd.min.js";

const { Chart } = globalThis;
const drawn = new Map();
const probe = document.createElement("span");
probe.hidden = true;
document.body.append(probe);

/** A token as the browser resolves it now. */
function colour(token, share = 100) {
  probe.style.color = `color-mix(in srgb, var(--${token}) ${share}%, transparent)`;
  return getComputedStyle(probe).color;
}

const token = (series, index) => series.state ?? (series.tone ? `tone-${series.tone}` : index ? `tone-${index + 1}` : "accent");

function datasets({ kind, series }) {
  return series.map((one, index) => {
    const name = token(one, index);
    const base = { label: one.label, data: one.values, borderColor: colour(name), backgroundColor: colour(name, kind === "dots" ? 45 : 80) };
    // A second line differs by its dashes, not by its colour alone.
    if (kind === "line") return { ...base, borderWidth: 2, pointRadius: 2.5, tension: 0, borderDash: index ? [5, 4] : [], pointStyle: index ? "rect" : "circle" };
    if (kind === "dots") return { ...base, type: "line", showLine: false, pointRadius: 4, pointStyle: index ? "triangle" : "circle" };
    return { ...base, borderWidth: index ? 1 : 0, backgroundColor: index ? colour(name, 30) : colour(name, 80), borderRadius: 2, maxBarThickness: 28 };
  });
}

/** A deadline as a vertical line, a limit as a line across the values, each with its word. */
const lines = {
  id: "lines",
  afterDatasetsDraw(chart) {
    const { mark, limit, across } = chart.options.plugins.lines;
    const { left, right, top, bottom } = chart.chartArea;
    const { ctx, scales } = chart;
    const draw = (x1, y1, x2, y2, text, align) => {
      ctx.save();
      ctx.strokeStyle = ctx.fillStyle = colour("ink");
      ctx.setLineDash([3, 3]);
      ctx.beginPath();
      ctx.moveTo(x1, y1);
      ctx.lineTo(x2, y2);
      ctx.stroke();
      ctx.font = `500 13px ${getComputedStyle(document.body).fontFamily}`;
      ctx.textAlign = align;
      ctx.fillText(text, align === "right" ? x1 - 5 : x1 + 5, Math.max(y1, top) + 13);
      ctx.restore();
    };
    if (mark) {
      const x = scales.x.getPixelForValue(mark.at);
      draw(x, top, x, bottom, mark.label, x > (left + right) / 2 ? "right" : "left");
    }
    if (limit) {
      const at = scales[across ? "x" : "y"].getPixelForValue(limit.value);
      if (across) draw(at, top, at, bottom, limit.label, "right");
      else draw(left, at, right, at, limit.label, "left");
    }
  },
};

function options({ kind, series, unit, mark, limit, xLabel, across }) {
  const grid = { color: colour("line"), drawTicks: false };
  const ticks = { color: colour("ink-soft"), padding: 6 };
  const title = (text) => ({ display: Boolean(text), text: text ?? "", color: colour("ink-soft") });
  const values = { beginAtZero: true, stacked: kind === "stacked", border: { display: false }, grid, ticks: { ...ticks, precision: 0 }, title: title(unit), suggestedMax: limit?.value };
  const names = { stacked: kind === "stacked", border: { color: colour("line-strong") }, grid: { display: false }, ticks: { ...ticks, autoSkipPadding: 12 }, title: title(across ? null : xLabel) };
  return {
    animation: false,
    maintainAspectRatio: false,
    indexAxis: across ? "y" : "x",
    interaction: { mode: "index", intersect: false, axis: across ? "y" : "x" },
    scales: across ? { x: values, y: names } : { x: names, y: values },
    plugins: {
      legend: { display: series.length > 1, align: "start", labels: { color: colour("ink"), usePointStyle: kind === "line" || kind === "dots", boxWidth: 12, boxHeight: 8 } },
      lines: { mark, limit, across },
    },
  };
}

function draw(canvas) {
  drawn.get(canvas)?.destroy();
  const data = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 13;
  drawn.set(canvas, new Chart(canvas, {
    type: data.kind === "line" || data.kind === "dots" ? "line" : "bar",
    data: { labels: data.labels, datasets: datasets(data) },
    options: options(data),
    plugins: [lines],
  }));
}

for (const canvas of document.querySelectorAll("[data-chart]")) {
  canvas.parentElement.hidden = false;
  const numbers = canvas.closest(".chart").querySelector("[data-close-with-js]");
  numbers.open = false;
}
// The letters must be there before they are measured.
await document.fonts.ready;
document.querySelectorAll("[data-chart]").forEach(draw);
document.addEventListener("theme:changed", () => drawn.forEach((_, canvas) => draw(canvas)));
