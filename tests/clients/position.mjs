// The page behind a one-time address, in a real browser on a small phone's screen: granted, refused, dragged, by keyboard alone.
// Started by the test PositionInChromium, which makes the addresses and looks at what arrived:
//   node position.mjs <chromium> <folder for screenshots> '{"granted":"http://127.0.0.1:…/vt/…", …}'
// The last line is JSON: { name: null where all was well, or what was not }.
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';

const { chromium } = createRequire(process.env.CLIENTS_FOLDER ? process.env.CLIENTS_FOLDER + '/' : import.meta.url)('playwright-core');
const [executablePath, screenshots, given] = process.argv.slice(2);
const links = JSON.parse(given);
const GATE = { latitude: 21.84150, longitude: 103.35040, accuracy: 8 };
mkdirSync(screenshots, { recursive: true });

// A name that is not this machine's own makes the page insecure, as http does on a phone.
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--host-resolver-rules=MAP vt.example 127.0.0.1'] });
const results = {};

function must(isSo, what) { if (!isSo) { throw new Error(what); } }

async function on(name, options, talk) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, locale: 'vi-VN', ...options });
  const page = await context.newPage();
  const foreign = [], broken = [];
  const home = new URL(options.link ?? links[name]).host;
  page.on('request', (request) => { if (new URL(request.url()).host !== home) { foreign.push(request.url()); } });
  page.on('pageerror', (error) => broken.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error' && !options.mayFail && !message.text().includes('410 (Gone)')) { broken.push(message.text()); } });
  try {
    await page.goto(options.link ?? links[name]);
    await talk(page, context, (part) => page.screenshot({ path: `${screenshots}/${name}-${part}.png`, fullPage: true }));
    must(foreign.length === 0, 'asked elsewhere: ' + foreign[0]);
    must(broken.length === 0, 'the console says: ' + broken[0]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    must(wide <= (options.viewport?.width ?? 360), `wider than the screen: ${wide}`);
    results[name] = null;
  } catch (fault) {
    results[name] = String(fault.message).split('\n')[0];
    await page.screenshot({ path: `${screenshots}/${name}-FAULT.png`, fullPage: true }).catch(() => {});
  }
  await context.close();
}

const granted = { permissions: ['geolocation'], geolocation: GATE };
const said = (page, words) => page.waitForFunction((wanted) => document.getElementById('state').textContent.includes(wanted), words, { timeout: 15000 });
const sent = (page) => page.waitForSelector('#done:not([hidden])', { timeout: 15000 });
const found = async (page) => { await page.tap('#find'); await said(page, 'Ghim đỏ đúng cổng chưa'); };

await on('granted', granted, async (page, _, shot) => {
  await shot('1-before');
  const find = await page.locator('#find').boundingBox();
  must(find.height >= 48 && find.y + find.height <= 640, 'the button is small or below the screen');
  await found(page);
  await page.waitForFunction(() => document.getElementById('map-name').textContent.includes('Tủa Chùa'));
  await shot('2-found');
  for (const button of ['#send', '#again', '#nearer']) { must((await page.locator(button).boundingBox()).height >= 44, button + ' is small'); }
  const send = await page.locator('#send').boundingBox();
  must(send.y + send.height <= 640, 'the button to send is below the screen');
  await page.tap('#send');
  await sent(page);
  must((await page.textContent('#done')).includes('Anh/chị quay lại tin nhắn'), 'no word of going back');
  must(await page.evaluate(() => document.activeElement.id) === 'done-title', 'the end is not where the reader is');
  await shot('3-sent');
  await page.reload();
  must((await page.textContent('main')).includes('Vị trí đã được gửi rồi'), 'used, and it does not say so');
  await shot('4-again');
});

await on('rough', { ...granted, geolocation: { ...GATE, accuracy: 85 } }, async (page, context, shot) => {
  await page.clock.install();
  await page.tap('#find');
  await said(page, 'Sai số 85 m');
  await shot('1-waiting');
  await context.setGeolocation({ ...GATE, latitude: GATE.latitude + 0.0002, accuracy: 55 });
  await said(page, 'Sai số 55 m');
  await context.setGeolocation({ ...GATE, accuracy: 140 });
  await page.clock.fastForward(20000);
  await said(page, 'Còn lệch khoảng 55 m');
  await shot('2-rough');
  await page.tap('#send');
  await sent(page);
});

await on('dragged', granted, async (page, _, shot) => {
  await found(page);
  const map = await page.locator('#map').boundingBox();
  const drag = async (x, y) => {
    await page.mouse.move(map.x + 200, map.y + 200);
    await page.mouse.down();
    await page.mouse.move(map.x + 200 + x / 2, map.y + 200 + y / 2);
    await page.mouse.move(map.x + 200 + x, map.y + 200 + y);
    await page.mouse.up();
  };
  await drag(60, -45);
  await said(page, 'về phía đông bắc');
  await shot('1-dragged');
  await page.tap('#back');
  await said(page, 'Ghim đỏ đúng cổng chưa');
  await page.tap('#farther');
  await drag(-120, 90);
  await said(page, 'về phía tây nam');
  await shot('2-far');
  await page.tap('#send');
  await sent(page);
});

await on('keyboard', { ...granted, hasTouch: false, isMobile: false }, async (page, _, shot) => {
  const to = async (id) => {
    for (let tabs = 0; tabs < 20; tabs++) {
      if (await page.evaluate(() => document.activeElement && document.activeElement.id) === id) { return; }
      await page.keyboard.press('Tab');
    }
    throw new Error('no way to ' + id + ' by keyboard');
  };
  await to('find');
  await page.keyboard.press('Enter');
  await said(page, 'Ghim đỏ đúng cổng chưa');
  await to('map');
  for (let times = 0; times < 3; times++) { await page.keyboard.press('ArrowUp'); }
  await said(page, 'Ghim đã dời 3 m về phía bắc');
  await page.keyboard.press('Shift+ArrowRight');
  await said(page, 'về phía đông');
  await shot('1-moved');
  await to('send');
  await shot('2-focus');
  await page.keyboard.press('Enter');
  await sent(page);
});

await on('refused', { permissions: [] }, async (page, _, shot) => {
  await page.tap('#find');
  await said(page, 'Máy chưa cho trang này biết vị trí');
  await shot('1-refused');
  await page.fill('#words', 'cổng nhà');
  await page.press('#words', 'Enter');
  await said(page, 'Em chưa đọc được hai số này');
  await page.fill('#words', '21,84150; 103,35040');
  await page.press('#words', 'Enter');
  await said(page, 'Đây là chỗ anh/chị gõ');
  await shot('2-typed');
  await page.tap('#send');
  await sent(page);
});

const insecure = links.insecure.replace('127.0.0.1', 'vt.example');
await on('insecure', { link: insecure, mayFail: true }, async (page, _, shot) => {
  await page.tap('#find');
  await said(page, 'mở không qua https');
  await page.fill('#words', '48.85, 2.35');
  await page.press('#words', 'Enter');
  await said(page, 'không nằm ở Việt Nam');
  await shot('1-insecure');
  await page.fill('#words', '21.84150, 103.35040');
  await page.press('#words', 'Enter');
  await said(page, 'Đây là chỗ anh/chị gõ');
  await page.tap('#send');
  await sent(page);
});

await on('offline', { ...granted, mayFail: true }, async (page, context, shot) => {
  await found(page);
  await context.setOffline(true);
  await page.tap('#send');
  await said(page, 'Chưa gửi được');
  await shot('1-offline');
  await context.setOffline(false);
  await page.locator('#send').dblclick();
  await sent(page);
});

await on('wide', { ...granted, viewport: { width: 1024, height: 800 }, isMobile: false, hasTouch: false, colorScheme: 'dark' }, async (page, _, shot) => {
  await page.click('#find');
  await said(page, 'Ghim đỏ đúng cổng chưa');
  await shot('1-dark');
  await page.click('#send');
  await sent(page);
});

await browser.close();
console.log(JSON.stringify(results));
process.exit(Object.values(results).every((fault) => fault === null) ? 0 : 1);
