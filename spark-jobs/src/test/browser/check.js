// Opens reports in headless Chromium and says what the browser did; needs playwright-core and a Chromium.
// usage: node check.js FILE.html [FOLDER FOR SCREENSHOTS]     environment: CHROMIUM, PLAYWRIGHT_CORE
"use strict";

const fs = require("fs");
const os = require("os");
const path = require("path");
const { chromium } = require(process.env.PLAYWRIGHT_CORE || "playwright-core");

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** What the page says of itself: drawn charts, traces of payloads, names of what the keyboard reaches. */
async function state(page) {
  return page.evaluate(() => ({
    ready: document.documentElement.dataset.ready === "true",
    pwned: window.pwned === undefined ? 0 : window.pwned,
    title: document.title,
    headings: [...document.querySelectorAll("h1, h2, h3")].map((one) => one.tagName + " " + one.textContent),
    canvases: document.querySelectorAll("canvas").length,
    figures: document.querySelectorAll(".plot").length,
    scripts: document.querySelectorAll("script").length,
    foreign: document.querySelectorAll("img, iframe, object, embed, base, form, input, video, audio, svg script, svg foreignObject").length,
    handlers: [...document.querySelectorAll("*")].filter((one) =>
      [...one.attributes].some((each) => each.name.startsWith("on") || /^\s*javascript:/i.test(each.value))).length,
    unnamed: [...document.querySelectorAll("svg[role=img], [role=group], [role=region], table")].filter((one) =>
      !one.getAttribute("aria-label") && !one.querySelector("caption") && !one.classList.contains("u-legend")).length,
    wide: document.documentElement.scrollWidth > document.documentElement.clientWidth + 1,
  }));
}

/** Tabs through the page and collects what had the focus. */
async function keyboard(page) {
  const seen = [];
  await page.evaluate(() => document.activeElement.blur());
  for (let press = 0; press < 80; press++) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => {
      const one = document.activeElement;
      return one === document.body ? "" : one.tagName.toLowerCase() + "." + one.className.split(" ")[0];
    });
    if (name === "" && press > 0) {
      break;
    }
    seen.push(name);
  }
  return seen;
}

/** Reads the first chart with the arrow keys and opens its table. */
async function reading(page) {
  const plot = page.locator(".plot").first();
  if ((await plot.count()) === 0) {
    return { spoken: "", rows: 0 };
  }
  await plot.focus();
  await page.keyboard.press("End");
  const spoken = await page.locator("output.reading").first().textContent();
  const figure = page.locator("figure", { has: plot }).first();
  await figure.locator("summary").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("figure details[open] tbody tr") !== null);
  return { spoken: spoken, rows: await figure.locator("table.data tbody tr").count() };
}

async function main() {
  const file = path.resolve(process.argv[2]);
  const shots = process.argv[3];
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "stackel-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: FLAGS,
    headless: true,
    viewport: { width: 1280, height: 900 },
    colorScheme: "light",
  });
  const result = { errors: [], requests: [] };
  try {
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") {
        result.errors.push(message.text());
      }
    });
    page.on("pageerror", (error) => result.errors.push(String(error)));
    page.on("dialog", (dialog) => {
      result.errors.push("dialog: " + dialog.message());
      dialog.dismiss();
    });
    page.on("request", (request) => result.requests.push(request.url().slice(0, 200)));
    const begin = Date.now();
    await page.goto("file://" + file);
    await page.waitForFunction(() => document.documentElement.dataset.ready === "true", null, { timeout: 60000 });
    result.milliseconds = Date.now() - begin;
    Object.assign(result, await state(page));
    if (shots) {
      await page.screenshot({ path: path.join(shots, "light.png"), fullPage: true });
      await page.emulateMedia({ colorScheme: "dark" });
      await page.waitForTimeout(300);
      await page.screenshot({ path: path.join(shots, "dark.png"), fullPage: true });
      await page.emulateMedia({ colorScheme: "light" });
    }
    result.focus = await keyboard(page);
    Object.assign(result, await reading(page));
    await page.setViewportSize({ width: 390, height: 800 });
    await page.waitForTimeout(300);
    result.wideOnPhone = (await state(page)).wide;
    if (shots) {
      await page.screenshot({ path: path.join(shots, "phone.png") });
    }
    result.pwned = (await state(page)).pwned;
  } finally {
    await context.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
  console.log(JSON.stringify(result, null, 1));
}

main().catch((error) => {
  console.error(String(error));
  process.exit(1);
});
