// Opens reports in headless Chromium and says what the browser did; needs playwright-core and a Chromium.
// usage: node check.js FILE.html [FOLDER FOR SCREENSHOTS]     environment: CHROMIUM, PLAYWRIGHT_CORE
// screenshots: light.png, dark.png and phone.png of the page; answer.png, the head of "What came out", for the README
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
    drawings: document.querySelectorAll(".plot > svg").length,
    figures: document.querySelectorAll(".plot").length,
    scripts: document.querySelectorAll("script").length,
    foreign: document.querySelectorAll("img, iframe, object, embed, base, form, input, video, audio, svg script, svg foreignObject").length,
    handlers: [...document.querySelectorAll("*")].filter((one) =>
      [...one.attributes].some((each) => each.name.startsWith("on") || /^\s*javascript:/i.test(each.value))).length,
    unnamed: [...document.querySelectorAll("svg[role=img], [role=group], [role=region], table")].filter((one) =>
      !one.getAttribute("aria-label") && !one.querySelector("caption")).length,
    wide: document.documentElement.scrollWidth > document.documentElement.clientWidth + 1,
  }));
}

/** Tabs through the page and collects what had the focus. */
async function keyboard(page) {
  const seen = [];
  await page.evaluate(() => document.activeElement.blur());
  for (let press = 0; press < 400; press++) {
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

/** Reads the chart of the objective, or the first one, with the arrow keys and opens its table. */
async function reading(page) {
  const objective = page.locator("#chart-objective .plot");
  const plot = (await objective.count()) > 0 ? objective : page.locator(".plot").first();
  if ((await plot.count()) === 0) {
    return { spoken: "", rows: 0 };
  }
  await plot.focus();
  await page.keyboard.press("End");
  const figure = plot.locator("xpath=ancestor::figure");
  const spoken = await figure.locator("output.reading").textContent();
  await figure.locator("summary").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("figure details[open] tbody tr") !== null);
  return { spoken: spoken, rows: await figure.locator("table.data tbody tr").count() };
}

/** What the buttons below the first chart of lines hand over: of a PNG the signature, else the text. */
async function downloads(page) {
  const files = {};
  const tools = page.locator("figure", { has: page.locator("path") }).first().locator(".tools button");
  for (let number = 0; number < (await tools.count()); number++) {
    const [download] = await Promise.all([page.waitForEvent("download"), tools.nth(number).click()]);
    const bytes = fs.readFileSync(await download.path());
    const name = download.suggestedFilename();
    files[name] = name.endsWith(".png") ? bytes.subarray(1, 4).toString() : bytes.toString();
  }
  return files;
}

/** Texts that stand outside their drawing, and so are cut off. */
async function cutOff(page) {
  return page.evaluate(() => [...document.querySelectorAll(".plot > svg")].flatMap(function (drawing) {
    const edge = drawing.getBoundingClientRect();
    return [...drawing.querySelectorAll("text")].filter(function (one) {
      const box = one.getBoundingClientRect();
      return box.left < edge.left - 1 || box.right > edge.right + 1 || box.top < edge.top - 1 || box.bottom > edge.bottom + 1;
    }).map((one) => drawing.getAttribute("aria-label") + ": " + one.textContent);
  }));
}

/** The section "What came out" as far as the end of its first drawing. */
async function answer(page, file) {
  const heading = page.locator("#answer");
  const drawing = page.locator("section[aria-labelledby=answer] .plot > svg").first();
  if ((await drawing.count()) === 0) {
    return;
  }
  await page.setViewportSize({ width: 1100, height: 900 });
  await page.waitForTimeout(300);
  const top = (await heading.boundingBox()).y - 14;
  const end = await drawing.boundingBox();
  await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: top, width: 1100, height: end.y + end.height - top } });
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
    page.on("request", (request) => request.url().startsWith("blob:") || result.requests.push(request.url().slice(0, 200)));
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
      await answer(page, path.join(shots, "answer.png"));
    }
    result.focus = await keyboard(page);
    result.cutOff = await cutOff(page);
    Object.assign(result, await reading(page));
    await page.setViewportSize({ width: 390, height: 800 });
    await page.waitForTimeout(300);
    result.wideOnPhone = (await state(page)).wide;
    result.cutOff.push(...(await cutOff(page)));
    if (shots) {
      await page.screenshot({ path: path.join(shots, "phone.png") });
    }
    result.pwned = (await state(page)).pwned;
    if (!shots) {
      result.downloads = await downloads(page);
    }
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
