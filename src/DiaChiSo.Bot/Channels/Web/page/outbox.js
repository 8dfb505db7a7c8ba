// What the person said and the bot has not taken yet: in order, one at a time, kept over a reload of the page but not over its closing.
(function (bot) {
  'use strict';

  var KEY = 'diachiso.unsent';

  function newId() {
    var bytes = new Uint8Array(12), text = '';
    window.crypto.getRandomValues(bytes);
    for (var i = 0; i < bytes.length; i++) { text += ('0' + bytes[i].toString(16)).slice(-2); }
    return text;
  }

  /** tell.queued(activity), tell.sent(clientId), tell.failed(clientId, 'failed' | 'refused'), tell.waiting(clientId) */
  bot.Outbox = function (line, tell) {
    var waiting = [], isSending = false;

    function keep() {
      // A private window may have no store; then only a reload loses what was not sent.
      try { sessionStorage.setItem(KEY, JSON.stringify(waiting)); } catch (e) { return; }
    }

    function idOf(activity) { return activity.channelData.clientActivityID; }

    function pump() {
      if (isSending || !waiting.length) { return; }
      var activity = waiting[0];
      isSending = true;
      tell.waiting(idOf(activity));
      line.post(activity, function (status) {
        isSending = false;
        if (status === 200 || status === 400 || status === 413) {
          waiting.shift();
          keep();
          if (status === 200) { tell.sent(idOf(activity)); } else { tell.failed(idOf(activity), 'refused'); }
          pump();
        } else {
          tell.failed(idOf(activity), 'failed');
          if (status === 429) { setTimeout(pump, 5000); }
        }
      });
    }

    this.add = function (activity) {
      activity.locale = bot.language;
      activity.from = { id: 'web', role: 'user' };
      activity.channelData = activity.channelData || {};
      activity.channelData.clientActivityID = newId();
      waiting.push(activity);
      keep();
      tell.queued(activity);
      pump();
    };

    /** The network is back, or the person tapped "send again". */
    this.pump = pump;

    /** The echo came: the bot has it, whatever became of the answer to our request. */
    this.taken = function (clientId) {
      for (var i = 0; i < waiting.length; i++) {
        if (idOf(waiting[i]) === clientId && !(i === 0 && isSending)) { waiting.splice(i, 1); keep(); return; }
      }
    };

    /** What a reload interrupted. */
    this.restore = function () {
      try { waiting = JSON.parse(sessionStorage.getItem(KEY)) || []; } catch (e) { waiting = []; }
      for (var i = 0; i < waiting.length; i++) { tell.queued(waiting[i]); }
    };

    this.clear = function () { waiting = []; keep(); };
  };
})(window.bot = window.bot || {});
