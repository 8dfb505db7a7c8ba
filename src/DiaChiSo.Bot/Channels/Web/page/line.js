// The line to the bot: Direct Line 3.0. A socket where there is one, asking again and again where there is none.
(function (bot) {
  'use strict';

  var ROOT = '/v3/directline/conversations/';
  var FIRST_DELAY = 1000, LONGEST_DELAY = 30000, POLL = 2500;

  /** One request; done(status, body). Status 0: the network. */
  bot.request = function (method, url, token, body, done) {
    var http = new XMLHttpRequest();
    http.open(method, url);
    http.timeout = 20000;
    if (token) { http.setRequestHeader('Authorization', 'Bearer ' + token); }
    if (body) { http.setRequestHeader('Content-Type', 'application/json'); }
    http.onload = function () {
      var read = null;
      try { read = JSON.parse(http.responseText); } catch (e) { read = null; }
      done(http.status, read);
    };
    http.onerror = http.ontimeout = function () { done(0, null); };
    http.send(body ? JSON.stringify(body) : null);
  };

  /**
   * tell.heard(activities, isHistory), tell.typing(), tell.state('online' | 'connecting' | 'offline'), tell.changed() when it is another conversation.
   */
  bot.Line = function (tell) {
    var id = null, token = null, watermark = 0, earliest = 0, socket = null, timer = null, delay = FIRST_DELAY;
    var sockets = !!window.WebSocket, failedSockets = 0, isOpening = false;

    function url(rest) { return ROOT + encodeURIComponent(id) + rest; }

    function later(act, after) {
      clearTimeout(timer);
      timer = setTimeout(act, after);
    }

    function lost() {
      tell.state(navigator.onLine === false ? 'offline' : delay > 4 * FIRST_DELAY ? 'offline' : 'connecting');
      later(id ? reconnect : open, delay + Math.random() * 500);
      delay = Math.min(LONGEST_DELAY, delay * 2);
    }

    /** A visit: the same conversation again where this browser was here before. */
    function open(payload) {
      if (isOpening) { return; }
      isOpening = true;
      bot.request('POST', '/web/session', null, null, function (status, visit) {
        isOpening = false;
        if (status !== 200) { lost(); return; }
        if (id && id !== visit.conversationId) { watermark = 0; tell.changed(); }
        if (id !== visit.conversationId) { watermark = earliest = Number(visit.watermark); }
        id = visit.conversationId;
        token = visit.token;
        start(typeof payload === 'string' ? payload : null);
      });
    }

    function start(payload) {
      var asked = { user: { id: 'web' }, locale: bot.language };
      if (payload) { asked.channelData = { start: payload }; }
      bot.request('POST', ROOT.slice(0, -1), token, asked, function (status, opened) {
        if (status !== 200 && status !== 201) { lost(); return; }
        token = opened.token;
        if (status === 200 && payload) { bot.outbox.add({ type: 'event', name: 'start', value: payload }); }
        catchUp(true, function () { listen(opened.streamUrl); });
      });
    }

    function catchUp(isHistory, done) {
      bot.request('GET', url('/activities?watermark=' + watermark), token, null, function (status, set) {
        if (status !== 200) { if (status === 403) { open(); } else { lost(); } return; }
        var isMore = Number(set.watermark) > watermark;
        take(set, isHistory);
        if (isMore) { catchUp(isHistory, done); } else { done(); }
      });
    }

    function take(set, isHistory) {
      var fresh = [];
      for (var i = 0; i < set.activities.length; i++) {
        var activity = set.activities[i];
        if (activity.type === 'typing') { tell.typing(); continue; }
        activity.number = Number(String(activity.id).split('|').pop());
        if (activity.number > watermark) { fresh.push(activity); }
      }
      if (set.watermark) { watermark = Math.max(watermark, Number(set.watermark)); }
      if (fresh.length || isHistory) { tell.heard(fresh, isHistory); }
    }

    function reconnect() {
      bot.request('GET', url('?watermark=' + watermark), token, null, function (status, opened) {
        if (status === 200) { token = opened.token; catchUp(false, function () { listen(opened.streamUrl); }); }
        else if (status === 403 || status === 401 || status === 404) { open(); }
        else { lost(); }
      });
    }

    function listen(streamUrl) {
      if (!sockets) { poll(); return; }
      // Its host and scheme are this page's own, whatever stands in front of the bot.
      var path = streamUrl.replace(/^wss?:\/\/[^\/]+/, '').replace(/&watermark=\d+/, '');
      var here = (location.protocol === 'https:' ? 'wss://' : 'ws://') + location.host;
      var mine, opened = false;
      try { mine = new WebSocket(here + path + '&watermark=' + watermark); } catch (e) { sockets = false; poll(); return; }
      if (socket) { socket.onclose = null; socket.close(); }
      socket = mine;
      mine.onopen = function () { opened = true; failedSockets = 0; online(); };
      mine.onmessage = function (frame) {
        if (frame.data) { take(JSON.parse(frame.data), false); }
      };
      mine.onclose = function () {
        if (socket !== mine) { return; }
        socket = null;
        // Some networks let no socket through.
        if (!opened && ++failedSockets >= 2) { sockets = false; reconnect(); return; }
        lost();
      };
    }

    function poll() {
      catchUp(false, function () { online(); later(poll, POLL); });
    }

    function online() {
      delay = FIRST_DELAY;
      tell.state('online');
    }

    function again() {
      if (document.hidden || (socket && socket.readyState <= 1) || isOpening) { return; }
      delay = FIRST_DELAY;
      later(id ? reconnect : open, 0);
    }

    // Tokens live half an hour; a page may lie open for a day.
    setInterval(function () {
      if (token && !document.hidden) {
        bot.request('POST', '/v3/directline/tokens/refresh', token, null, function (status, fresh) {
          if (status === 200) { token = fresh.token; }
        });
      }
    }, 15 * 60 * 1000);
    window.addEventListener('online', again);
    window.addEventListener('offline', function () { tell.state('offline'); });
    document.addEventListener('visibilitychange', again);

    this.open = open;
    this.isOpen = function () { return !!token; };

    /** done(status): 0 the network, 200 taken. A token whose time is over is renewed first. */
    this.post = function (activity, done) {
      if (!token) { done(0); return; }
      bot.request('POST', url('/activities'), token, activity, function (status) {
        if (status === 403 || status === 401) { token = null; open(); done(0); } else { done(status); }
      });
    };

    /** The messages before the first one shown. */
    this.older = function (done) {
      var end = earliest, from = Math.max(0, earliest - 40);
      bot.request('GET', url('/activities?watermark=' + from), token, null, function (status, set) {
        if (status !== 200) { done([]); return; }
        earliest = from;
        done(set.activities.filter(function (one) {
          one.number = Number(String(one.id).split('|').pop());
          return one.number <= end;
        }));
      });
    };
    this.hasOlder = function () { return earliest > 0; };

    /** Leaves nothing on this device. */
    this.forget = function (done) {
      if (socket) { socket.onclose = null; socket.close(); }
      bot.request('DELETE', '/web/session', null, null, done);
    };
  };
})(window.bot = window.bot || {});
