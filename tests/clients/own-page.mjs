// The bot's own chat page in Chromium, as a phone shows it.
// given: { url, screenshots }
import { launch, open, shoot } from './browser.mjs';
import { assert, given, ok, run, sleep, until } from './verdicts.mjs';

const PHONE = { viewport: { width: 360, height: 640 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const GATE = { latitude: 21.8418, longitude: 103.3511, accuracy: 8 };
const FAR = { width: 1, height: 1 };

const words = page => page.locator('#messages').innerText();
const heard = (page, text) => until(async () => (await words(page)).includes(text), `«${text}» is said`);
const answers = page => page.locator('.from-bot').count();

async function begin(browser, options) {
  const page = await open(browser, { ...PHONE, ...options });
  await page.goto(given.url);
  await heard(page, 'em là bot địa chỉ số');
  return page;
}

async function answered(page, act) {
  const before = await answers(page);
  await act();
  await until(async () => await answers(page) > before, 'an answer');
  await sleep(350);
}

const say = (page, text) => answered(page, async () => {
  await page.fill('#words', text);
  await page.press('#words', 'Enter');
});

/** Nothing is cut off or hangs over the edge; what is pressed is big enough for a thumb. */
async function fits(page, name) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 360, `${name}: ${width} pixels wide`);
  const small = await page.evaluate(({ FAR }) => [...document.querySelectorAll('header button, #composer button, .choices:not(.past) button, .choices:not(.past) a, #place:not([hidden]) button')]
    .filter(one => !one.hidden && one.offsetParent).map(one => ({ text: one.innerText, box: one.getBoundingClientRect() }))
    .filter(({ box }) => box.width > FAR.width && box.height > FAR.height && (box.height < 44 || box.width < 40 || box.right > 360.5)).map(({ text, box }) => `${text} ${Math.round(box.width)}×${Math.round(box.height)}`), { FAR });
  assert.deepEqual(small, [], name);
}

async function granted(browser) {
  const page = await begin(browser, { geolocation: GATE, permissions: ['geolocation'] });
  await fits(page, 'home');
  await shoot(page, 'page-1-home');
  await answered(page, () => page.click('text=Tra cứu địa chỉ'));
  await shoot(page, 'page-2-question');
  await fits(page, 'question');
  await answered(page, () => page.locator('.choice.ask').last().click());
  await heard(page, 'Vị trí của tôi (±8 m)');
  await heard(page, 'Trạm y tế Mường Báng');
  await shoot(page, 'page-3-around');
  await fits(page, 'around');
  ok('a granted position finds the addresses around it');

  await say(page, '3260700023');
  const qr = page.locator('img[alt*="QR"]').last();
  await until(() => qr.evaluate(image => image.complete && image.naturalWidth > 0), 'the QR is loaded');
  await sleep(300);
  await shoot(page, 'page-4-card');
  await fits(page, 'card');
  assert.equal(await page.locator('.pin a').last().getAttribute('target'), '_blank');
  ok('the card shows its QR and its gate');

  await answered(page, () => page.locator('.choices:not(.past) button', { hasText: 'Lấy thẻ để in' }).click());
  const file = page.locator('a.file').last();
  await file.waitFor({ state: 'visible' });
  const pdf = await page.request.get(new URL(await file.getAttribute('href'), given.url).href);
  assert.equal(pdf.headers()['content-type'], 'application/pdf');
  assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
  await shoot(page, 'page-9-file');
  await fits(page, 'file');
  ok('the card to print is a file that opens');
  assert.deepEqual(page.faults, []);
  await page.context().close();
}

async function refused(browser) {
  const page = await begin(browser, { permissions: [] });
  await page.click('#place-open');
  await page.click('#place-mine');
  await until(async () => (await page.innerText('#place-state')).includes('Máy chưa cho trang này biết vị trí'), 'the refusal is said');
  await shoot(page, 'page-5-refused');
  await fits(page, 'refused');
  ok('a refused position is said plainly, and what to do');
  await answered(page, async () => {
    await page.fill('#place-words', '21.84180, 103.35110');
    await page.press('#place-words', 'Enter');
  });
  await heard(page, 'Trạm y tế Mường Báng');
  ok('coordinates that are typed take its place');
  assert.deepEqual(page.faults, []);
  await page.context().close();
}

// Tab and Enter only; what has the focus must be seen to have it.
async function byKeyboard(browser) {
  const page = await begin(browser, { isMobile: false, hasTouch: false });
  const here = () => page.evaluate(() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    return { tag: one.tagName, id: one.id, text: one === document.body ? '' : (one.innerText || one.getAttribute('aria-label') || '').trim(), isSeen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0, isInside: box.bottom > 0 && box.top < innerHeight, choices: one.classList.contains('choices') };
  });
  const tabTo = async (isIt, what) => {
    for (let steps = 0; steps < 40; steps++) {
      const now = await here();
      if (isIt(now)) {
        assert.ok(now.isSeen, `${what}: the focus is seen, not ${JSON.stringify(now)}`);
        assert.ok(now.isInside, `${what}: it is on the screen`);
        return;
      }
      await page.keyboard.press('Tab');
    }
    assert.fail(`${what}: not reached`);
  };

  await tabTo(now => now.tag === 'BUTTON' && now.text.includes('Tra cứu địa chỉ'), 'the first choice');
  await answered(page, () => page.keyboard.press('Enter'));
  // The focus goes on to the new choices, so that nobody has to find them again.
  const after = await here();
  assert.ok(after.choices, `the focus is at the new choices, not at «${after.id} ${after.text}»`);
  await tabTo(now => now.id === 'words', 'the composer');
  await page.keyboard.type('đường Thử Nghiệm');
  await answered(page, () => page.keyboard.press('Enter'));
  await tabTo(now => now.tag === 'BUTTON' && now.text.startsWith('2'), 'an entry of the list').catch(async () => {
    await page.keyboard.press('Shift+Tab');
    for (let steps = 0; steps < 12 && !(await here()).text.startsWith('2'); steps++) { await page.keyboard.press('Shift+Tab'); }
  });
  assert.ok((await here()).text.startsWith('2'));
  await shoot(page, 'page-6-keyboard');
  await answered(page, () => page.keyboard.press('Enter'));
  await heard(page, '32606 00013');
  ok('a look-up by keyboard alone');

  await tabTo(now => now.id === 'place-open', 'the place button');
  await page.keyboard.press('Enter');
  assert.equal((await here()).id, 'place-title');
  await page.keyboard.press('Escape');
  assert.equal((await here()).id, 'place-open');
  ok('the sheet for a place opens, closes and gives the focus back');
  assert.deepEqual(page.faults, []);
  await page.context().close();
}

async function inTheDark(browser) {
  const page = await begin(browser, { colorScheme: 'dark' });
  await say(page, '3260700023');
  await sleep(500);
  await shoot(page, 'page-7-dark');
  await page.click('#language');
  await heard(page, 'Digital').catch(() => undefined);
  await sleep(300);
  await shoot(page, 'page-8-english');
  await fits(page, 'english');
  ok('at night and in English');
  await page.context().close();
}

run(async () => {
  const browser = await launch();
  await granted(browser);
  await refused(browser);
  await byKeyboard(browser);
  await inTheDark(browser);
  await browser.close();
});
