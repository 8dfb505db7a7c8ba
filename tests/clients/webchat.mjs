// botframework-webchat, as it is, on a page of its own site, against the bot.
// given: { url, port, plate, screenshots, lookUp, confirm, correct, missing, polling, minimal } (the last six: tokens)
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch, open, shoot } from './browser.mjs';
import { assert, given, ok, run, sleep, until } from './verdicts.mjs';

const FILES = join(import.meta.dirname, 'node_modules', '.webchat', '4.18.1');
const PAGE = `<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Web Chat</title>
<style>html, body, #webchat { height: 100%; margin: 0; }</style><div id="webchat"></div>
<script>
  var asked = new URLSearchParams(location.hash.slice(1)), script = document.createElement('script');
  script.src = '/' + asked.get('file');
  script.onload = function () {
    var directLine = WebChat.createDirectLine({ domain: asked.get('domain'), token: asked.get('token'), webSocket: asked.get('webSocket') === 'true', pollingInterval: 300 });
    WebChat.renderWebChat({ directLine: directLine, userID: 'khach', locale: 'vi-VN', styleOptions: { hideUploadButton: false } }, document.getElementById('webchat'));
  };
  document.head.appendChild(script);
</script></html>`;

async function serve() {
  const server = createServer(async (request, response) => {
    const name = request.url.slice(1);
    if (/^webchat(-minimal)?\.js$/.test(name)) {
      response.setHeader('content-type', 'text/javascript; charset=utf-8');
      response.end(await readFile(join(FILES, name)));
    } else {
      response.statusCode = name === '' ? 200 : 404;
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(name === '' ? PAGE : '');
    }
  });
  await new Promise(listening => server.listen(given.port, '127.0.0.1', listening));
  return server;
}

const hosts = new Set();

class Talk {
  static async open(browser, token, { webSocket = true, file = 'webchat.js' } = {}) {
    const page = await open(browser, { viewport: { width: 420, height: 780 } });
    await page.goto(`http://127.0.0.1:${given.port}/#${new URLSearchParams({ file, token, webSocket, domain: new URL('/v3/directline', given.url).href })}`);
    const talk = new Talk(page);
    await talk.box.waitFor();
    await talk.heard('em là bot địa chỉ số');
    return talk;
  }

  constructor(page) { this.page = page; }

  get box() { return this.page.locator('[data-testid="send box text area"], .webchat__send-box-text-box__input').first(); }

  /** What stands in the talk. */
  words() { return this.page.locator('.webchat__basic-transcript').innerText(); }

  heard(text) { return until(async () => (await this.words()).includes(text), `«${text}» is said`); }

  // What was there already does not count: the talk gets longer with every answer.
  async answered(act) {
    const before = await this.page.locator('.webchat__bubble:not(.webchat__bubble--from-user)').count();
    await act();
    await until(async () => await this.page.locator('.webchat__bubble:not(.webchat__bubble--from-user)').count() > before, 'an answer');
    await sleep(150);
  }

  say(text) {
    return this.answered(async () => {
      await this.box.fill(text);
      await this.box.press('Enter');
    });
  }

  /** Presses the newest button with this label, of either kind. */
  press(label) {
    return this.answered(async () => {
      const buttons = this.page.getByRole('button', { name: label });
      await until(async () => await buttons.count() > 0, `a button «${label}»`);
      await buttons.last().click();
    });
  }

  async do(...steps) {
    for (const step of steps) {
      const pressed = /^\[(.*)\]$/.exec(step);
      await (pressed ? this.press(pressed[1]) : this.say(step));
    }
  }

  async close() {
    this.page.hosts.forEach(host => hosts.add(host));
    assert.deepEqual(this.page.faults.filter(fault => !/favicon|404|No renderer for attachment of type "application\/vnd.microsoft.card.hero"/.test(fault)), []);
    await this.page.context().close();
  }
}

async function seesCard(talk) {
  await talk.heard('Trạm y tế Mường Báng (bịa)');
  await talk.heard('32607 00023');
  const qr = talk.page.locator('img[alt*="QR"]').last();
  await qr.waitFor({ state: 'visible' });
  await qr.scrollIntoViewIfNeeded();
  assert.ok(await until(() => qr.evaluate(image => image.complete && image.naturalWidth), 'the QR is loaded') > 100);
  await talk.heard('21.84180');
}

run(async () => {
  const server = await serve(), browser = await launch();

  const lookUp = await Talk.open(browser, given.lookUp);
  await lookUp.say('3260700023');
  await seesCard(lookUp);
  const map = lookUp.page.getByRole('button', { name: /Bản đồ/ }).last();
  await map.waitFor({ state: 'visible' });
  await shoot(lookUp.page, 'webchat-1-card');
  // What is seen of it, for the test to read with another program.
  await lookUp.page.locator('img[alt*="QR"]').last().screenshot({ path: join(given.screenshots, 'webchat-qr.png') });
  ok('look-up: the card, its QR and its gate are seen, the map opens by a link');

  await lookUp.say('đường Thử Nghiệm');
  await sleep(700);
  await shoot(lookUp.page, 'webchat-2-list');
  await lookUp.press(/^1\. /);
  await lookUp.heard('32606 00012');
  ok("look-up: a list is chosen from by a card's button");

  await lookUp.answered(async () => {
    await lookUp.page.locator('input[type="file"]').setInputFiles(given.plate);
    await sleep(500);
    await shoot(lookUp.page, 'webchat-3a-attached');
    await lookUp.box.press('Enter');
  });
  await sleep(500);
  await shoot(lookUp.page, 'webchat-3-upload');
  const own = lookUp.page.locator('.webchat__bubble--from-user img').last(); // Web Chat draws it by its thumbnail's address
  await until(async () => await own.count() > 0 && await own.evaluate(image => image.complete && image.naturalWidth > 100 && image.src.includes('/v3/directline/uploads/')), 'the uploaded picture comes from the bot');
  await lookUp.heard('32607 00023');
  await shoot(lookUp.page, 'webchat-3-upload');
  ok('look-up: a photographed plate is uploaded and drawn again');

  await lookUp.say('<img src=x onerror="window.broken=1"><script>window.broken=1</script>[x](javascript:window.broken=1)');
  assert.equal(await lookUp.page.evaluate(() => window.broken), undefined);
  ok('look-up: what a person types is never markup');
  await lookUp.close();

  const confirm = await Talk.open(browser, given.confirm);
  await confirm.do('/thongbao 3260600012', '[Bắt đầu thông báo]', '[Đúng hết]', '[Đồng ý bằng lời]');
  await confirm.heard('BB26-000001');
  await shoot(confirm.page, 'webchat-4-confirm');
  ok('confirm: a collaborator hands in a visit');
  await confirm.close();

  const correct = await Talk.open(browser, given.correct);
  await correct.do('/capnhat 3260700023', '[Loại]', '[Cơ quan/trụ sở]', '[Gửi yêu cầu]');
  await correct.heard('YC26-000001');
  await shoot(correct.page, 'webchat-5-correct');
  ok('correct: a citizen hands in a correction');
  await correct.close();

  const missing = await Talk.open(browser, given.missing);
  await missing.do('Bản Tà Là Cáo, Mường Báng', '[Yêu cầu cấp mã mới]', '[Nhà ở]', '[Không có tên]', '[Đúng rồi]', '[Chủ địa chỉ]', 'vàng a páo', '0912 000 009', '[Không có]', '[Đúng rồi]');
  await shoot(missing.page, 'webchat-6-gate');
  await missing.heard('đứng ngay cổng');
  const place = missing.page.getByRole('button', { name: 'Gửi vị trí' }).last();
  const [position] = await Promise.all([missing.page.context().waitForEvent('page'), place.click()]);
  await position.waitForLoadState();
  assert.match(position.url(), /^http:\/\/127\.0\.0\.1:\d+\/vt\//);
  await position.close();
  ok('missing: a link leads to the page that takes a position');
  await missing.do('21.9100, 103.3700', '[Đúng rồi]');
  await shoot(missing.page, 'webchat-7-review');
  await missing.do('[Gửi yêu cầu]');
  await missing.heard('YC26-000002');
  ok('missing: a citizen asks for an address that is not there');
  await missing.close();

  const polling = await Talk.open(browser, given.polling, { webSocket: false });
  await polling.say('3260700023');
  await seesCard(polling);
  ok('by polling the card comes too');
  await polling.close();

  const minimal = await Talk.open(browser, given.minimal, { file: 'webchat-minimal.js' });
  await minimal.say('3260700023');
  await seesCard(minimal);
  await minimal.say('đường Thử Nghiệm');
  // The house that was confirmed above stands last now.
  await minimal.heard('1. Số nhà 17');
  await minimal.say('1');
  await minimal.heard('32606 00013');
  await shoot(minimal.page, 'webchat-8-minimal');
  ok('Web Chat minimal, which draws no cards, says everything in words');
  await minimal.close();

  assert.deepEqual([...hosts], ['127.0.0.1']);
  ok('nothing is loaded from anywhere else');
  await browser.close();
  server.close();
});
