// grammY, as it is: a small bot of its own on the fake Telegram, first by polling, then by webhook. What the fake does wrong shows here, not in our bot.
// given: { api, token, name, picture (base64 of a PNG) }; the people are played by the test, which also ends each half with /het.
import { createServer } from 'node:http';
import { Bot, GrammyError, InlineKeyboard, InputFile, Keyboard, webhookCallback } from 'grammy';
import { assert, given, ok, run, until } from './verdicts.mjs';

const picture = Buffer.from(given.picture, 'base64');
const secret = 'grammy-secret_0123456789';

/** Every half has a bot of its own; `seen` is what it answered. */
function newBot(way) {
  const bot = new Bot(given.token, { client: { apiRoot: given.api } });
  const state = { ended: false, faults: [] };
  const saw = what => ok(`${way}: ${what}`);

  bot.command('het', async ctx => {
    await ctx.reply('hết', { reply_markup: { remove_keyboard: true } });
    state.ended = true;
  });
  bot.on('message:text', async ctx => {
    assert.equal(ctx.chat.type, 'private');
    assert.equal(ctx.from.is_bot, false);
    assert.ok(Math.abs(ctx.msg.date - Date.now() / 1000) < 300);
    const sent = await ctx.reply(`<b>Anh/chị nói:</b> ${ctx.msg.text}`, {
      parse_mode: 'HTML', reply_parameters: { message_id: ctx.msg.message_id },
      reply_markup: new InlineKeyboard().text('Đúng', 'yes').row().url('Xem', 'https://example.invalid/xem'),
    });
    assert.equal(sent.text, `Anh/chị nói: ${ctx.msg.text}`);
    assert.deepEqual(sent.entities.map(one => [one.type, one.offset, one.length]), [['bold', 0, 12]]);
    assert.equal(sent.reply_to_message.message_id, ctx.msg.message_id);
    assert.equal(sent.from.username, given.name);
    saw('a text is answered');
  });
  bot.callbackQuery('yes', async ctx => {
    assert.equal(ctx.callbackQuery.message.reply_markup.inline_keyboard[0][0].callback_data, 'yes');
    assert.ok(ctx.callbackQuery.chat_instance.length > 0);
    assert.equal(await ctx.answerCallbackQuery({ text: 'Đã nhận' }), true);
    await assert.rejects(ctx.answerCallbackQuery({ text: 'lần hai' }), fault => fault instanceof GrammyError && fault.error_code === 400);
    const edited = await ctx.editMessageText('Đã chọn: đúng');
    assert.ok(edited.edit_date > 0);
    await assert.rejects(ctx.editMessageText('Đã chọn: đúng'), /message is not modified/);
    saw('a press is answered once, its message edited');
  });
  bot.on('message:location', async ctx => {
    const { latitude, longitude, horizontal_accuracy } = ctx.msg.location;
    assert.equal(horizontal_accuracy, 8);
    const venue = await ctx.replyWithVenue(latitude, longitude, 'Cổng', 'Bản Tà Là Cáo');
    assert.equal(venue.venue.title, 'Cổng');
    assert.ok(Math.abs(venue.location.latitude - latitude) < 1e-5);
    await ctx.reply('Gửi ảnh', { reply_markup: new Keyboard().requestLocation('Gửi vị trí').resized() });
    saw('a place is answered by a venue');
  });
  bot.on('message:photo', async ctx => {
    const sizes = ctx.msg.photo;
    assert.ok(sizes.at(-1).width >= sizes[0].width);
    const file = await ctx.getFile();
    const bytes = Buffer.from(await (await fetch(`${given.api}/file/bot${given.token}/${file.file_path}`)).arrayBuffer());
    assert.equal(bytes.length, file.file_size);
    await ctx.replyWithChatAction('upload_photo');
    const sent = await ctx.replyWithPhoto(new InputFile(picture, 'bản đồ.png'), { caption: 'Bản đồ', reply_markup: new InlineKeyboard().text('Xem', 'see') });
    assert.equal(sent.caption, 'Bản đồ');
    const again = await ctx.replyWithPhoto(sent.photo.at(-1).file_id);
    assert.equal(again.photo.at(-1).file_unique_id, sent.photo.at(-1).file_unique_id);
    await assert.rejects(ctx.replyWithPhoto('no-such-file-id'), fault => fault instanceof GrammyError && fault.error_code === 400);
    const paper = await ctx.replyWithDocument(new InputFile(Buffer.from('%PDF-1.7'), 'thẻ.pdf'));
    assert.equal(paper.document.file_name, 'thẻ.pdf');
    saw('a photo is fetched, others uploaded and sent again by id');
  });
  bot.on('inline_query', async ctx => {
    const article = { type: 'article', id: '1', title: ctx.inlineQuery.query, input_message_content: { message_text: 'Địa chỉ số' } };
    await assert.rejects(ctx.answerInlineQuery([article, article]), /RESULT_ID_DUPLICATE/);
    assert.equal(await ctx.answerInlineQuery([article], { cache_time: 60, is_personal: true, button: { text: 'Mở bot', start_parameter: 'inline' } }), true);
    saw('an inline question is answered once');
  });
  bot.catch(({ error }) => {
    state.faults.push(error);
    state.ended = true;
  });
  return { bot, state };
}

function check(state) {
  if (state.faults.length > 0) { throw state.faults[0]; }
}

async function byPolling() {
  const { bot, state } = newBot('polling');
  const polling = bot.start({ timeout: 5, allowed_updates: ['message', 'callback_query', 'inline_query'] });
  polling.catch(fault => { state.faults.push(fault); state.ended = true; });
  await until(() => state.ended, 'the end of polling', 60000);
  await bot.stop();
  await polling;
  check(state);
}

async function byWebhook() {
  const { bot, state } = newBot('webhook');
  await bot.init();
  assert.equal(bot.botInfo.username, given.name);
  assert.equal(bot.botInfo.supports_inline_queries, true);
  const listener = createServer(webhookCallback(bot, 'http', { secretToken: secret }));
  await new Promise(listening => listener.listen(0, '127.0.0.1', listening));
  await bot.api.setWebhook(`http://127.0.0.1:${listener.address().port}/hook`, { secret_token: secret, max_connections: 8, allowed_updates: ['message', 'callback_query', 'inline_query'] });
  await assert.rejects(bot.api.getUpdates(), fault => fault instanceof GrammyError && fault.error_code === 409);
  ok('webhook: meanwhile nobody may poll');
  await until(() => state.ended, 'the end of the webhook', 60000);
  const info = await bot.api.getWebhookInfo();
  assert.equal(info.max_connections, 8);
  await bot.api.deleteWebhook();
  listener.closeAllConnections();
  listener.close();
  check(state);
}

run(async () => {
  await byPolling();
  await byWebhook();
});
