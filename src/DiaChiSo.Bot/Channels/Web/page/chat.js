// The conversation on the page: what is shown, which buttons still count, where the focus goes.
(function (bot) {
  'use strict';

  var TYPING_AFTER = 500, ANSWER_LATE = 8000, APART = 30 * 60 * 1000;

  function find(id) { return document.getElementById(id); }

  var log = find('log'), messages = find('messages'), words = find('words'), state = find('state');
  var own = {};           // the person's messages by clientActivityID: { element, state, words }
  var latest = null;      // the newest choices that the bot offered
  var lastTime = 0, answeredAt = 0, anchor = null, typing = null, typingTimer = null, lateTimer = null, focusNext = false, isSettled = false, shownState = '';

  // --- what is shown -----------------------------------------------------------------------------------------------------------

  function append(element, time) {
    if (typing) { messages.removeChild(typing); typing = null; }
    if (time && time - lastTime > APART) { messages.appendChild(bot.drawTime(new Date(time))); }
    lastTime = time || lastTime;
    messages.appendChild(element);
  }

  /** The end of the talk, but never past the beginning of what is new. */
  function scroll() {
    var end = log.scrollHeight - log.clientHeight;
    log.scrollTop = anchor ? Math.min(end, anchor.offsetTop - 8) : end;
  }

  function hearBot(activity, time) {
    clearTimeout(typingTimer);
    clearTimeout(lateTimer);
    if (activity.locale && activity.locale !== bot.language) { bot.speak(activity.locale); }
    var drawn = bot.drawBot(activity, press, function () { focusNext = true; place.ask(); });
    append(drawn.element, time);
    // What comes long after the answer begins something new.
    if (!anchor || (answeredAt && Date.now() - answeredAt > 3000)) { anchor = drawn.element; }
    answeredAt = Date.now();
    var images = drawn.element.getElementsByTagName('img');
    for (var i = 0; i < images.length; i++) { images[i].onload = scroll; }
    if (drawn.choices) {
      if (latest) { retire(latest); }
      latest = drawn.choices;
      if (focusNext) { focusNext = false; latest.focus(); }
    }
    unlock();
  }

  function hearOwn(activity, time) {
    var id = activity.channelData && activity.channelData.clientActivityID;
    if (id && own[id]) {
      bot.outbox.taken(id);
      mark(id, '');
      return;
    }
    var drawn = bot.drawOwn(activity, retry);
    append(drawn.element, time);
    anchor = drawn.element;
    choose(drawn.words);
    if (id) { own[id] = drawn; }
  }

  function heard(activities, isHistory) {
    activities.forEach(function (activity) {
      if (activity.type !== 'message') { return; }
      var time = activity.timestamp ? new Date(activity.timestamp).getTime() : 0;
      if (activity.from && activity.from.role === 'bot') { hearBot(activity, time); } else { hearOwn(activity, time); }
    });
    if (isHistory && !isSettled) {
      isSettled = true;
      bot.outbox.restore();
      bot.outbox.pump();
      // What was said before is not read out again; what comes now is.
      setTimeout(function () { log.setAttribute('aria-live', 'polite'); }, 300);
    }
    find('older').hidden = !line.hasOlder();
    scroll();
  }

  // --- which buttons count -----------------------------------------------------------------------------------------------------

  function each(choices, act) {
    var buttons = choices.getElementsByTagName('button');
    for (var i = 0; i < buttons.length; i++) { act(buttons[i]); }
  }

  /** A newer page took its place: small and without effect, but still to be read. A door outlives its page. */
  function retire(choices) {
    choices.classList.add('past');
    each(choices, function (button) { if (!button.hasAttribute('data-door')) { button.disabled = true; } });
  }

  function choose(label) {
    if (!latest || !label) { return; }
    each(latest, function (button) {
      var shown = button.querySelector('.label');
      if (shown && shown.textContent === label && !button.classList.contains('chosen')) {
        button.classList.add('chosen');
        button.setAttribute('aria-pressed', 'true');
      }
    });
  }

  /** From a press until the answer no button counts; a second tap would be a second answer. */
  function lock() {
    if (latest) { each(latest, function (button) { button.disabled = true; }); }
    clearTimeout(typingTimer);
    typingTimer = setTimeout(showTyping, TYPING_AFTER);
    clearTimeout(lateTimer);
    lateTimer = setTimeout(unlock, ANSWER_LATE);
  }

  function unlock() {
    clearTimeout(typingTimer);
    if (typing) { messages.removeChild(typing); typing = null; }
    if (latest) { each(latest, function (button) { button.disabled = false; button.classList.remove('chosen'); button.removeAttribute('aria-pressed'); }); }
  }

  function showTyping() {
    if (typing) { return; }
    typing = messages.appendChild(bot.drawTyping());
    scroll();
  }

  function press(action, button) {
    focusNext = document.activeElement === button;
    bot.outbox.add({ type: 'message', text: action.text || action.title, textFormat: 'plain', value: action.value,
      channelData: { messageBack: { displayText: action.displayText || action.title } } });
  }

  // --- sending -----------------------------------------------------------------------------------------------------------------

  function mark(id, word) {
    var drawn = own[id];
    if (!drawn) { return; }
    drawn.state.hidden = !word;
    drawn.state.textContent = word ? bot.word(word) : '';
    drawn.state.disabled = word !== 'failed';
    drawn.element.classList.toggle('unsent', word === 'failed' || word === 'refused' || word === 'waiting');
    // The line beneath makes it taller; it is not to hide behind the composer.
    if (drawn.element === anchor) { scroll(); }
  }

  function retry() { bot.outbox.pump(); }

  function command(text, shown) {
    bot.outbox.add({ type: 'message', text: text, textFormat: 'plain', channelData: { messageBack: { displayText: shown } } });
  }

  function say(text) { bot.outbox.add({ type: 'message', text: text, textFormat: 'plain' }); }

  var line = new bot.Line({
    heard: heard,
    typing: function () { clearTimeout(typingTimer); typingTimer = setTimeout(showTyping, 300); },
    changed: function () { messages.textContent = ''; typing = null; anchor = null; own = {}; latest = null; lastTime = 0; isSettled = false; },
    state: function (now) {
      if (now === shownState) { return; }
      shownState = now;
      state.hidden = now === 'online';
      state.className = now;
      state.textContent = now === 'online' ? '' : bot.word(now);
      scroll();
      if (now === 'online') { bot.outbox.pump(); }
    }
  });

  bot.outbox = new bot.Outbox(line, {
    queued: function (activity) {
      if (activity.type !== 'message') { return; }
      var drawn = bot.drawOwn(activity, retry);
      var id = activity.channelData.clientActivityID;
      own[id] = drawn;
      append(drawn.element, Date.now());
      anchor = drawn.element;
      answeredAt = 0;
      choose(drawn.words);
      mark(id, shownState === 'online' ? '' : 'waiting');
      lock();
      scroll();
    },
    // A word only when it takes long enough to wonder.
    waiting: function (id) { setTimeout(function () { if (own[id] && !own[id].settled) { mark(id, 'sending'); } }, 700); if (own[id]) { own[id].settled = false; } },
    sent: function (id) { if (own[id]) { own[id].settled = true; } mark(id, ''); },
    failed: function (id, why) { if (own[id]) { own[id].settled = true; } mark(id, why); unlock(); }
  });

  var place = new bot.Place(function (geo) {
    geo.type = 'GeoCoordinates';
    bot.outbox.add({ type: 'message', text: bot.coordinates(geo), textFormat: 'plain', entities: [{ type: 'Place', geo: geo }] });
  }, say);

  bot.Photo(function (picture) {
    bot.outbox.add({ type: 'message', attachments: [{ contentType: 'image/jpeg', contentUrl: picture, name: 'photo.jpg' }] });
  });

  // --- the page's own buttons --------------------------------------------------------------------------------------------------

  find('composer').addEventListener('submit', function (event) {
    event.preventDefault();
    var text = words.value.trim();
    if (!text) { words.focus(); return; }
    words.value = '';
    focusNext = false;
    say(text);
  });
  find('menu').addEventListener('click', function () { command('/menu', bot.word('menu')); });
  find('language').addEventListener('click', function () { command('/ngonngu ' + bot.word('otherCode'), bot.word('other')); });
  find('older').addEventListener('click', function () {
    var first = messages.firstChild, before = log.scrollHeight;
    line.older(function (activities) {
      activities.forEach(function (activity) {
        if (activity.type !== 'message') { return; }
        var drawn = activity.from.role === 'bot' ? bot.drawBot(activity, press, function () { place.ask(); }) : bot.drawOwn(activity, retry);
        if (drawn.choices) { retire(drawn.choices); }
        messages.insertBefore(drawn.element, first);
      });
      find('older').hidden = !line.hasOlder();
      log.scrollTop += log.scrollHeight - before;
    });
  });
  find('forget').addEventListener('click', function () {
    var button = this;
    // Twice, because it cannot be taken back.
    if (button.getAttribute('data-word') !== 'forgetSure') {
      button.setAttribute('data-word', 'forgetSure');
      button.textContent = bot.word('forgetSure');
      setTimeout(function () { button.setAttribute('data-word', 'forget'); button.textContent = bot.word('forget'); }, 5000);
      return;
    }
    bot.outbox.clear();
    line.forget(function () { location.reload(); });
  });
  window.addEventListener('resize', function () { if (document.activeElement === words) { scroll(); } });

  bot.speak(/[?&]lang=en\b/.test(location.search) ? 'en' : 'vi');
  var asked = /[?&](?:ma|start)=(\w{1,64})(?!\w)/.exec(location.search);
  // Asked once: a reload is not another look-up.
  if (location.search && window.history.replaceState) { history.replaceState(null, '', '/'); }
  line.open(asked ? asked[1] : null);
})(window.bot = window.bot || {});
