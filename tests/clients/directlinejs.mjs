// botframework-directlinejs, as it is, in Node: by WebSocket, by polling, with the line cut in between.
// given: { url, code, secret? }
import { createRequire } from 'node:module';
import WebSocket from 'ws';
import { assert, given, ok, run, sleep, until } from './verdicts.mjs';

const require = createRequire(import.meta.url);

// A browser has these two.
globalThis.XMLHttpRequest = require('xhr2');
const sockets = [];
globalThis.WebSocket = class extends WebSocket {
  constructor(url) { super(url); sockets.push(this); }
};

const { ConnectionStatus, DirectLine } = require('botframework-directlinejs');

const domain = new URL('/v3/directline', given.url).href;

async function ticket() {
  const answer = await fetch(`${domain}/tokens/generate`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ user: { id: 'khach' } }) });
  assert.equal(answer.status, 200);
  return answer.json();
}

function open(options) {
  // It waits 3 to 15 seconds before it comes back; the shortest of that will do.
  const line = new DirectLine({ domain, random: () => 0, ...options });
  const heard = [], states = [];
  line.activity$.subscribe(activity => heard.push(activity), () => undefined);
  line.connectionStatus$.subscribe(state => states.push(state));
  return {
    line, heard, states,
    said: () => heard.filter(activity => activity.type === 'message' && activity.from.role === 'bot'),
    say: (text, clientActivityID) => new Promise((taken, refused) =>
      line.postActivity({ type: 'message', text, from: { id: 'khach' }, locale: 'vi-VN', channelData: { clientActivityID } }).subscribe(taken, refused)),
  };
}

/** What was said while nobody listened. */
async function sayElsewhere(conversationId, token, text) {
  const answer = await fetch(`${domain}/conversations/${encodeURIComponent(conversationId)}/activities`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ type: 'message', text, from: { id: 'khach' } }),
  });
  assert.equal(answer.status, 200);
}

const numberOf = activity => Number(activity.id.split('|').pop());

async function talk(webSocket) {
  const { token, conversationId } = await ticket();
  const client = open({ token, webSocket, pollingInterval: 200 });
  await until(() => client.said().length === 1, 'the greeting');
  assert.ok(client.states.includes(ConnectionStatus.Online));
  const id = await client.say(given.code, 'one');
  await until(() => client.said().length >= 2, 'the card');
  const echo = client.heard.find(activity => activity.channelData?.clientActivityID === 'one');
  assert.equal(echo.id, id);
  assert.equal(echo.from.id, 'khach');
  const card = client.said()[1];
  assert.equal(card.replyToId, id);
  assert.equal(card.conversation.id, conversationId);
  assert.ok(card.attachments.some(one => one.contentType === 'image/png'));
  assert.ok(card.entities.some(one => one.type === 'Place' && one.geo.type === 'GeoCoordinates'));
  assert.ok(card.suggestedActions?.actions.length > 0 || card.attachments.some(one => one.contentType.endsWith('card.hero') && one.content.buttons.length > 0));
  return { token, conversationId, client };
}

run(async () => {
  // By WebSocket; the line is cut, and the client comes back by itself with its watermark.
  const live = await talk(true);
  ok('websocket: greeting, echo with its id, card with picture and place');
  assert.ok(live.client.heard.some(activity => activity.type === 'typing'));
  ok('websocket: typing is told');
  assert.equal(sockets.length, 1);
  sockets[0].terminate();
  await sayElsewhere(live.conversationId, live.token, '/menu');
  await until(() => sockets.length >= 2 && live.client.said().length >= 3, 'what was said in between');
  await live.client.say('/trogiup', 'two');
  await until(() => live.client.said().length >= 4, 'the answer after the cut');
  const ids = live.client.heard.filter(activity => activity.id).map(numberOf);
  assert.deepEqual(ids, [...new Set(ids)].sort((a, b) => a - b), 'each once, in order');
  ok('websocket: the line is cut, nothing is lost and nothing comes twice');
  live.client.line.end();

  // By polling.
  const slow = await talk(false);
  ok('polling: greeting, echo with its id, card with picture and place');
  assert.ok(!slow.client.heard.some(activity => activity.type === 'typing'));
  ok('polling: typing is not told');
  slow.client.line.end();

  // Another client takes the conversation up behind a watermark, by socket and by polling.
  await sayElsewhere(slow.conversationId, slow.token, '/menu');
  const last = Math.max(...slow.client.heard.filter(activity => activity.id).map(numberOf));
  for (const webSocket of [true, false]) {
    const back = open({ token: slow.token, conversationId: slow.conversationId, watermark: String(last), webSocket, pollingInterval: 200 });
    await until(() => back.said().length >= 1, 'the answer that came meanwhile');
    await sleep(400);
    assert.ok(back.heard.filter(activity => activity.id).every(activity => numberOf(activity) > last));
    ok(`reconnect behind a watermark ${webSocket ? 'by websocket' : 'by polling'}`);
    back.line.end();
  }

  // A token that nobody gave.
  const stranger = open({ token: 'made-up', webSocket: true });
  await until(() => stranger.states.includes(ConnectionStatus.FailedToConnect) || stranger.states.includes(ConnectionStatus.ExpiredToken), 'a refusal');
  ok('a made-up token does not connect');
});
