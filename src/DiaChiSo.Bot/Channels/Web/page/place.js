// Handing over a position: the phone's own, with its accuracy, or coordinates that are typed.
(function (bot) {
  'use strict';

  var GOOD_METRES = 20, WAIT_FOR_BETTER = 12000, GIVE_UP = 25000;

  function find(id) { return document.getElementById(id); }

  /** send(geo) takes { latitude, longitude, accuracy? }; say(words) what is no pair of decimal degrees, so that the bot reads it. */
  bot.Place = function (send, say) {
    var sheet = find('place'), state = find('place-state'), mine = find('place-mine'), words = find('place-words'), opener = find('place-open');
    var watching = null, best = null, timers = [], cameFrom = null;

    function tell(text) { state.textContent = text || ''; }

    function stop() {
      if (watching !== null) { navigator.geolocation.clearWatch(watching); }
      watching = null;
      timers.forEach(clearTimeout);
      timers = [];
      mine.disabled = false;
      mine.textContent = bot.word('placeMine');
    }

    function close(back) {
      stop();
      best = null;
      sheet.hidden = true;
      opener.setAttribute('aria-expanded', 'false');
      if (back && cameFrom) { cameFrom.focus(); }
    }

    function open() {
      cameFrom = document.activeElement;
      sheet.hidden = false;
      opener.setAttribute('aria-expanded', 'true');
      tell('');
      find('place-title').focus();
    }

    function done() {
      var geo = { latitude: best.latitude, longitude: best.longitude, accuracy: Math.round(best.accuracy) };
      close(false);
      send(geo);
    }

    function failed(name) {
      stop();
      tell(bot.word(name));
    }

    function locate() {
      if (watching !== null) { if (best) { done(); } return; }
      if (window.isSecureContext === false) { failed('placeInsecure'); return; }
      if (!navigator.geolocation) { failed('placeLost'); return; }
      best = null;
      mine.disabled = true;
      tell(bot.word('locating'));
      watching = navigator.geolocation.watchPosition(function (fix) {
        if (watching === null) { return; }
        if (!best || fix.coords.accuracy < best.accuracy) { best = fix.coords; }
        if (best.accuracy <= GOOD_METRES) { done(); return; }
        tell(bot.word('accuracy').replace('{m}', Math.round(best.accuracy)));
        mine.disabled = false;
        mine.textContent = bot.word('sendNow');
      }, function (fault) {
        if (watching !== null && !best) { failed(fault.code === 1 ? 'placeRefused' : 'placeLost'); }
      }, { enableHighAccuracy: true, maximumAge: 0, timeout: GIVE_UP });
      timers.push(setTimeout(function () { if (best) { done(); } }, WAIT_FOR_BETTER));
      timers.push(setTimeout(function () { if (!best) { failed('placeLost'); } }, GIVE_UP));
    }

    function typed(event) {
      event.preventDefault();
      var text = words.value.trim();
      var pair = /^\(?\s*(-?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*\)?$/.exec(text);
      if (!/\d/.test(text) || (pair && (Math.abs(pair[1]) > 90 || Math.abs(pair[2]) > 180))) {
        tell(bot.word('placeWrong'));
        words.focus();
        return;
      }
      words.value = '';
      close(false);
      // Degrees and minutes, a pasted map link: the bot reads more spellings than a page should.
      if (pair) { send({ latitude: Number(pair[1]), longitude: Number(pair[2]) }); } else { say(text); }
    }

    mine.addEventListener('click', locate);
    find('place-form').addEventListener('submit', typed);
    find('place-close').addEventListener('click', function () { close(true); });
    opener.addEventListener('click', function () { if (sheet.hidden) { open(); } else { close(true); } });
    sheet.addEventListener('keydown', function (event) { if (event.key === 'Escape' || event.keyCode === 27) { close(true); } });

    /** The person tapped "send my position" under a question. */
    this.ask = function () { open(); locate(); };
  };
})(window.bot = window.bot || {});
