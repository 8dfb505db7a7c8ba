// botbuilder, as it is, as a client of /api/messages: its BotFrameworkClient sends activities, its ChannelServiceRoutes take the answers.
// given: { url, code }
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { assert, given, ok, run, until } from './verdicts.mjs';

const { ChannelServiceHandler, ChannelServiceRoutes, ConfigurationBotFrameworkAuthentication } = createRequire(import.meta.url)('botbuilder');
const { AuthenticationConfiguration, SimpleCredentialProvider } = createRequire(import.meta.url)('botframework-connector');

const BOT = 'bot', PERSON = 'khach@máy này';

/** What botbuilder's routes are handed to: post('/v3/conversations/:conversationId/…', handler). */
class Routes {
  list = [];
  post(path, handler) { this.add('POST', path, handler); }
  put(path, handler) { this.add('PUT', path, handler); }
  get(path, handler) { this.add('GET', path, handler); }
  delete(path, handler) { this.add('DELETE', path, handler); }
  add(method, path, handler) {
    this.list.push({ method, handler, names: [...path.matchAll(/:(\w+)/g)].map(one => one[1]), shape: new RegExp(`^${path.replace(/:\w+/g, '([^/]+)')}$`) });
  }
  answer(request, response) {
    const path = request.url.split('?')[0];
    const route = this.list.find(one => one.method === request.method && one.shape.test(path));
    response.status = code => { response.statusCode = code; };
    response.send = body => { response.setHeader('content-type', 'application/json'); response.write(JSON.stringify(body)); };
    if (!route) { response.statusCode = 404; response.end(); return; }
    request.params = Object.fromEntries(route.shape.exec(path).slice(1).map((value, at) => [route.names[at], decodeURIComponent(value)]));
    route.handler(request, response, () => undefined);
  }
}

class Host extends ChannelServiceHandler {
  replies = [];
  async onReplyToActivity(_claims, conversationId, activityId, activity) { return this.take(conversationId, activityId, activity); }
  async onSendToConversation(_claims, conversationId, activity) { return this.take(conversationId, null, activity); }
  take(conversationId, activityId, activity) {
    this.replies.push({ conversationId, activityId, activity });
    return { id: `reply-${this.replies.length}` };
  }
}

run(async () => {
  const host = new Host(new SimpleCredentialProvider('', ''), new AuthenticationConfiguration());
  const routes = new Routes();
  new ChannelServiceRoutes(host).register(routes);
  const server = createServer((request, response) => routes.answer(request, response));
  await new Promise(listening => server.listen(0, '127.0.0.1', listening));
  const serviceUrl = `http://127.0.0.1:${server.address().port}/`;

  const client = new ConfigurationBotFrameworkAuthentication({}).createBotFrameworkClient();
  const conversationId = 'a:1|b/c d';
  let number = 0;
  const send = more => client.postActivity('', '', new URL('/api/messages', given.url).href, serviceUrl, conversationId, {
    type: 'message', id: `m|${++number}/x`, channelId: 'emulator', from: { id: PERSON, role: 'user' }, recipient: { id: BOT, role: 'bot' }, conversation: { id: conversationId }, locale: 'vi-VN', ...more,
  });

  // The normal way: answered with 200, the page comes to our routes.
  const taken = await send({ text: given.code });
  assert.equal(taken.status, 200);
  await until(() => host.replies.some(({ activity }) => activity.text.includes(given.shown) && activity.entities?.length), 'the card');
  const { conversationId: to, activityId, activity } = host.replies.at(-1);
  assert.equal(to, conversationId);
  assert.equal(activityId, 'm|1/x');
  assert.equal(activity.replyToId, 'm|1/x');
  assert.equal(activity.from.id, BOT);
  assert.equal(activity.recipient.id, PERSON);
  assert.ok(host.replies.some(reply => reply.activity.attachments?.some(one => one.contentType === 'image/png' && one.contentUrl.startsWith('data:image/png;base64,'))));
  assert.ok(host.replies.some(reply => reply.activity.entities?.some(one => one.type === 'Place' && one.geo.type === 'GeoCoordinates')));
  ok('the normal way: a code is looked up, the card comes to the service URL with picture and place');

  // The answers in the response, and a button of one of them.
  const menu = await send({ text: '/xacnhan', deliveryMode: 'expectReplies' });
  assert.equal(menu.status, 200);
  assert.ok(menu.body.activities.length >= 1);
  assert.equal(menu.body.activities[0].replyToId, 'm|2/x');
  const before = host.replies.length;
  const list = await send({ text: 'thôn Háng Là, xã Sín Chải', deliveryMode: 'expectReplies' });
  const buttons = list.body.activities.flatMap(one => one.attachments ?? []).flatMap(one => one.content?.buttons ?? []).filter(one => one.type === 'messageBack');
  assert.ok(buttons.length >= 2);
  const pressed = await send({ text: buttons[0].text, value: buttons[0].value, deliveryMode: 'expectReplies' });
  assert.ok(pressed.body.activities.some(one => one.entities?.length > 0));
  assert.equal(host.replies.length, before);
  ok('expectReplies: the answers are in the response, a button of a card is pressed');

  // The same activity again: nothing twice.
  --number;
  const again = await send({ text: buttons[0].text, value: buttons[0].value, deliveryMode: 'expectReplies' });
  assert.deepEqual(again.body.activities, []);
  ok('the same activity again is one');
  server.close();
});
